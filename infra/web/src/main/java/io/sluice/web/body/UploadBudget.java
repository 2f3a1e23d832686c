package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The memory that bodies may take together, from their first byte until their use is over. A body waits its turn unread, in the sender's socket. */
public final class UploadBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int all;
    private final Duration patience;
    private final @Nullable UploadBudget whole;

    /** @param patience how long a body waits for its share */
    public UploadBudget(long bytes, Duration patience) {
        this(bytes, patience, null);
    }

    private UploadBudget(long bytes, Duration patience, @Nullable UploadBudget whole) {
        this.all = Math.toIntExact(bytes / UNIT);
        this.units = new Semaphore(all, true);
        this.patience = patience;
        this.whole = whole;
    }

    /** {@return half of this memory, for bodies that must not take it all; what is taken of it is taken of this} */
    public UploadBudget half() {
        return new UploadBudget((long) all * UNIT / 2, patience, this);
    }

    /** Takes room for this many bytes until the share is closed. */
    public Share take(long bytes) {
        var wanted = Math.toIntExact(Math.clamp(bytes / UNIT + 1, 1, all));
        try {
            if (!units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(WebProblem.TOO_BUSY, "Send again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(WebProblem.TOO_BUSY, "The gateway is stopping.", e);
        }
        if (whole == null) {
            return () -> units.release(wanted);
        }
        try {
            var share = whole.take(bytes);
            return () -> {
                share.close();
                units.release(wanted);
            };
        } catch (RuntimeException e) {
            units.release(wanted);
            throw e;
        }
    }

    /** Room taken. */
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }
}
