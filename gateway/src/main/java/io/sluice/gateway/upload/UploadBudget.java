package io.sluice.gateway.upload;

import io.sluice.gateway.GatewayConfig;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The memory that bodies may take together, from their first byte until their use is over. A body waits its turn unread, in the sender's socket. */
@Singleton
public final class UploadBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int all;
    private final Duration patience;

    @Inject
    UploadBudget(GatewayConfig config) {
        this(config.uploadMemory(), config.uploadPatience());
    }

    UploadBudget(long bytes, Duration patience) {
        this.all = Math.toIntExact(bytes / UNIT);
        this.units = new Semaphore(all, true);
        this.patience = patience;
    }

    /** Takes room for this many bytes until the share is closed. */
    public Share take(long bytes) {
        var wanted = Math.toIntExact(Math.clamp(bytes / UNIT + 1, 1, all));
        try {
            if (!units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(ProblemCode.TOO_BUSY, "Send again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.TOO_BUSY, "The gateway is stopping.", e);
        }
        return () -> units.release(wanted);
    }

    /** Room taken. */
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }
}
