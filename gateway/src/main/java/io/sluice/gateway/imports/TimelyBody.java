package io.sluice.gateway.imports;

import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body that must have come in by its deadline. One on which nothing comes at all is ended by the server's idle timeout. */
final class TimelyBody extends FilterInputStream {
    private final Duration patience;
    private final long due;

    TimelyBody(InputStream body, Duration patience) {
        super(body);
        this.patience = patience;
        this.due = System.nanoTime() + patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        return inTime(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return inTime(super.read(into, offset, length));
    }

    private int inTime(int read) {
        if (System.nanoTime() - due > 0) {
            throw new ProblemException(
                    ProblemCode.BODY_TOO_SLOW,
                    "The file did not come in within " + patience.toSeconds() + " s (SLUICE_IMPORTS_PATIENCE).");
        }
        return read;
    }
}
