package io.sluice.gateway.product.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a body byte by byte, and keeps the bytes of the current item, up to a limit. */
final class BodyBytes implements AutoCloseable {
    static final int END = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BodyBytes.class);

    private static final int BLOCK = 16 * 1024;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final int maxKept;
    private final ItemDeadline deadline;
    private final byte[] block = new byte[BLOCK];
    private boolean begun;
    private int at;
    private int filled;
    private byte[] kept = new byte[1024];
    /** The number of kept bytes; one more than the limit when the item is too long. */
    private int keptLength;

    /** @param patience how long an item may take to arrive */
    BodyBytes(InputStream in, int maxKept, Duration patience) {
        this.deadline = new ItemDeadline(patience);
        this.in = in;
        this.maxKept = maxKept;
    }

    /** Starts the deadline of the next item. */
    void begin() {
        deadline.begin();
    }

    /** {@return the next byte, without consuming it; {@link #END} when there is none} */
    int peek() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        if (at == filled && filled != END) {
            filled = deadline.read(in, block);
            at = Math.min(0, filled);
        }
        return filled == END ? END : block[at] & 0xFF;
    }

    /** {@return the next byte; {@link #END} when there is none} */
    int next() throws IOException {
        var next = peek();
        if (next != END) {
            at++;
        }
        return next;
    }

    /** Adds a byte to the current item. */
    void keep(int b) {
        if (keptLength >= maxKept) {
            keptLength = maxKept + 1;
            return;
        }
        if (keptLength == kept.length) {
            kept = Arrays.copyOf(kept, Math.min(maxKept, 2 * kept.length));
        }
        kept[keptLength++] = (byte) b;
    }

    /** {@return whether the current item has more bytes than may be kept} */
    boolean overflowed() {
        return keptLength > maxKept;
    }

    /** Returns the bytes of the current item, and begins the next one. */
    byte[] take() {
        var item = Arrays.copyOf(kept, Math.min(keptLength, maxKept));
        keptLength = 0;
        return item;
    }

    /** Skips the byte order mark that some editors write before the first character. */
    private void skipByteOrderMark() throws IOException {
        for (var b : BYTE_ORDER_MARK) {
            if (peek() != b) {
                return;
            }
            at++;
        }
    }

    void skipSpace() throws IOException {
        while (isSpace(peek())) {
            at++;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("closing the body of a bulk call failed");
        }
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
