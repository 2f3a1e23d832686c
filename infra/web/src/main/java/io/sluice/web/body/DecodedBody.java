package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a body by its Content-Encoding, gzip or deflate. The server's own decoding does not notice that a body is cut
 * short.
 */
final class DecodedBody extends InputStream {
    private static final int BUFFER = 8 * 1024;
    /** The first byte of a zlib header has this method in its lower half, and the header is a multiple of 31. */
    private static final int DEFLATED = 8;

    private static final int CHECK = 31;

    private final InputStream encoded;
    private final boolean isGzip;
    private @Nullable InputStream decoded;

    private DecodedBody(InputStream encoded, boolean isGzip) {
        this.encoded = encoded;
        this.isGzip = isGzip;
    }

    /**
     * {@return the decoded body}
     *
     * @param encoding the value of the header; empty when there is none
     * @throws ProblemException when the server does not know the encoding
     */
    static InputStream of(String encoding, InputStream body) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new DecodedBody(body, true);
            case "deflate", "x-deflate" -> new DecodedBody(body, false);
            default ->
                throw new ProblemException(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body without a Content-Encoding, or in gzip or deflate.");
        };
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws ProblemException when the body is not in its encoding, or is cut short */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return decoded().read(into, offset, length);
        } catch (ZipException | EOFException e) {
            throw new ProblemException(
                    WebProblem.MALFORMED_BODY,
                    "The body is damaged, or is not the whole " + (isGzip ? "gzip" : "deflate")
                            + " that its Content-Encoding names.",
                    e);
        }
    }

    private InputStream decoded() throws IOException {
        var known = decoded;
        if (known == null) {
            known = isGzip ? new GZIPInputStream(new UntilItsEnd(encoded), BUFFER) : inflated();
            decoded = known;
        }
        return known;
    }

    /** Many senders leave out the zlib header, which the standard asks for (RFC 9110, section 8.4.1.2). */
    private InputStream inflated() throws IOException {
        var body = new PushbackInputStream(encoded, 2);
        var first = body.readNBytes(2);
        body.unread(first);
        var isZlib = first.length == 2
                && (first[0] & 0xF) == DEFLATED
                && ((first[0] & 0xFF) << Byte.SIZE | (first[1] & 0xFF)) % CHECK == 0;
        return new InflatedBody(body, new Inflater(!isZlib));
    }

    @Override
    public void close() throws IOException {
        try (encoded) {
            if (decoded != null) {
                decoded.close();
            }
        }
    }

    /** Ends its inflater, whose memory is outside the heap. The superclass does that only for one of its own. */
    private static final class InflatedBody extends InflaterInputStream {
        InflatedBody(InputStream body, Inflater inflater) {
            super(body, inflater, BUFFER);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                inf.end();
            }
        }
    }

    /** The decoder of gzip looks for another member only while bytes are available. */
    private static final class UntilItsEnd extends FilterInputStream {
        UntilItsEnd(InputStream body) {
            super(body);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
