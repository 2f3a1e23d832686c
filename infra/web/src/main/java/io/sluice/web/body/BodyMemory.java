package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all request bodies together may use, from the first byte read until the body is no longer needed. A
 * body that waits for its share is not read: its bytes stay in the sender's socket.
 */
public final class BodyMemory {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int size;
    private final Duration patience;
    private final @Nullable BodyMemory parent;

    /**
     * @param bytes how much memory there is
     * @param patience how long a body waits for its share before it is refused
     */
    public BodyMemory(long bytes, Duration patience) {
        this(bytes, patience, null);
    }

    private BodyMemory(long bytes, Duration patience, @Nullable BodyMemory parent) {
        this.size = Math.toIntExact(bytes / UNIT);
        this.units = new Semaphore(size, true);
        this.patience = patience;
        this.parent = parent;
    }

    /**
     * Returns half of this memory, for bodies that must not use all of it. What the half gives out is taken from this
     * memory too.
     */
    public BodyMemory half() {
        return new BodyMemory((long) size * UNIT / 2, patience, this);
    }

    /**
     * Takes this many bytes, or all of the memory when they are more, until the share is closed.
     *
     * @throws ProblemException when there is no room in time
     */
    public Share take(long bytes) {
        var wanted = Math.toIntExact(Math.clamp(bytes / UNIT + 1, 1, size));
        try {
            if (!units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(WebProblem.TOO_BUSY, "Send again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(WebProblem.TOO_BUSY, "The server is stopping.", e);
        }
        if (parent == null) {
            return () -> units.release(wanted);
        }
        try {
            var share = parent.take(bytes);
            return () -> {
                share.close();
                units.release(wanted);
            };
        } catch (RuntimeException e) {
            units.release(wanted);
            throw e;
        }
    }

    /** The memory that one body took. Closing the share gives it back. */
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }
}
