package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Splits a multipart body (RFC 2046, section 5.1) at its boundaries while it arrives, with one buffer in memory. For one
 * thread.
 *
 * <p>It looks for the boundary as Horspool does (1980): at the byte where the boundary would end. When that byte is not
 * in the boundary, all of its length is skipped. So of the bytes of a large file it looks at few. A boundary has a line
 * break at its beginning and nowhere else, so comparing from the beginning looks at no byte of the body more than twice,
 * whatever the body is.
 */
final class MultipartReader {
    private static final int BUFFER = 64 * 1024;
    private static final int BYTES = 256;

    private final InputStream body;
    private final int mostOfHeaders;
    private final byte[] delimiter;
    /** How far the search goes on, by the byte at which the boundary would end. */
    private final int[] steps = new int[BYTES];

    private final byte[] buffer = new byte[BUFFER];
    /** The bytes before {@code head} are read, those from {@code tail} on have not arrived. */
    private int head;

    private int tail;
    /** The bytes before this belong to the part. */
    private int end;
    /** Whether the boundary is at {@link #end}. */
    private boolean isEnded;

    /**
     * A reader that is at the text before the first part.
     *
     * @param boundary without a line break
     * @param mostOfHeaders the largest number of bytes of the headers of one part
     */
    MultipartReader(InputStream body, String boundary, int mostOfHeaders) {
        this.body = body;
        this.mostOfHeaders = mostOfHeaders;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        Arrays.fill(steps, delimiter.length);
        for (int i = 0; i < delimiter.length - 1; i++) {
            steps[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
        }
        // A boundary follows a line break. The line break added here lets the search find the first boundary too.
        buffer[0] = '\r';
        buffer[1] = '\n';
        tail = 2;
    }

    /** The headers of a part are longer than permitted. */
    static final class HeadersTooLongException extends IOException {
        private HeadersTooLongException(int most) {
            super("more than " + most + " bytes of headers");
        }
    }

    /** {@return the content of the current part; closing it skips what is unread} */
    InputStream content() {
        return new Content();
    }

    /**
     * Goes on behind the boundary, when the content of the current part is read or skipped.
     *
     * @return whether there is another part
     */
    boolean next() throws IOException {
        head += delimiter.length;
        var first = read();
        if (first == '\n') {
            return true; // some clients end this line so
        }
        var second = read();
        if (first == '-' && second == '-') {
            return false;
        }
        if (first == '\r' && second == '\n') {
            return true;
        }
        throw new IOException("a boundary is followed by other characters");
    }

    /** {@return the lines of the part's headers} */
    String headers() throws IOException {
        var lines = new ByteArrayOutputStream();
        for (var matched = 0; matched < 4; ) {
            if (lines.size() == mostOfHeaders) {
                throw new HeadersTooLongException(mostOfHeaders);
            }
            var next = read();
            lines.write(next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : 0;
        }
        look();
        return lines.toString(UTF_8);
    }

    private int read() throws IOException {
        if (head == tail) {
            head = 0;
            tail = 0;
            arrive();
        }
        return buffer[head++] & 0xFF;
    }

    /** Waits for bytes of the body; {@link #tail} is not at the end of the buffer. */
    private void arrive() throws IOException {
        var read = body.read(buffer, tail, BUFFER - tail);
        if (read < 0) {
            throw new EOFException("the body ends before its last boundary");
        }
        tail += read;
    }

    /** Waits for more of the content, or for its end, when none is known in the buffer. */
    private void fill() throws IOException {
        System.arraycopy(buffer, head, buffer, 0, tail - head);
        tail -= head;
        head = 0;
        arrive();
        look();
    }

    /** Finds how much of the unread bytes is content. At the end may be the beginning of a boundary. */
    private void look() {
        var last = delimiter.length - 1;
        for (var at = head + last; at < tail; at += steps[buffer[at] & 0xFF]) {
            if (buffer[at] == delimiter[last] && isDelimiter(at - last)) {
                end = at - last;
                isEnded = true;
                return;
            }
        }
        end = Math.max(head, tail - last);
        isEnded = false;
    }

    private boolean isDelimiter(int at) {
        return Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length);
    }

    private final class Content extends InputStream {
        private boolean isClosed;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (isClosed) {
                throw new IOException("the part is closed");
            }
            if (length == 0) {
                return 0;
            }
            while (head == end) {
                if (isEnded) {
                    return -1;
                }
                fill();
            }
            var count = Math.min(length, end - head);
            System.arraycopy(buffer, head, into, offset, count);
            head += count;
            return count;
        }

        @Override
        public int available() {
            return isClosed ? 0 : end - head;
        }

        @Override
        public void close() throws IOException {
            if (isClosed) {
                return;
            }
            isClosed = true;
            head = end;
            while (!isEnded) {
                fill();
                head = end;
            }
        }
    }
}
