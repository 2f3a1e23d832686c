package io.sluice.gateway.imports;

import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A body that must end before it has too many bytes, whatever they are, and come in by its deadline. One on which nothing
 * comes at all is ended by the server's idle timeout.
 */
final class BoundedBody extends FilterInputStream {
    private final Duration patience;
    private final long due;
    private final Supplier<ProblemException> tooLarge;
    private long left;

    /** @param tooLarge what ends the request with the first byte after {@code maxBytes} */
    BoundedBody(InputStream body, long maxBytes, Supplier<ProblemException> tooLarge, Duration patience) {
        super(body);
        this.left = maxBytes;
        this.tooLarge = tooLarge;
        this.patience = patience;
        this.due = System.nanoTime() + patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw tooLarge.get();
        }
        if (System.nanoTime() - due > 0) {
            throw new ProblemException(
                    ProblemCode.BODY_TOO_SLOW,
                    "The file did not come in within " + patience.toSeconds() + " s (SLUICE_IMPORTS_PATIENCE).");
        }
    }
}
