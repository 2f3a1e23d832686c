package io.sluice.rekognizer.limits;

import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_THROTTLED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_UNAVAILABLE;

import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permits of this instance. A call in flight has one of them, which costs it no request to Postgres: a thread leases
 * as many permits there as the instance has calls, and renews the lease every second.
 *
 * <p>A call begins only when the lease lasts longer than the call can. So all instances together never have more calls in
 * flight than there are permits, also when one of them is cut off from Postgres and others take over its permits.
 */
final class CallPermits implements AutoCloseable {
    /** The permits of a killed instance are free after this time. */
    static final Duration LEASE = Duration.ofSeconds(15);
    /** A call ends within its 8 s; the rest is for the way to it. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private static final Duration RENEWAL = Duration.ofSeconds(1);
    /** While calls wait for permits that other instances hold. */
    private static final Duration SOON = Duration.ofMillis(250);

    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(CallPermits.class);

    /** Where all instances lease their permits. */
    interface Lessor {
        /** {@return how many permits the instance holds now, for the time of a lease} */
        int renew(int inFlight, int wanted);

        /** Returns all permits. */
        void release();
    }

    private final Lessor lessor;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Condition due = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().name("call-permits").daemon().unstarted(this::run);

    private int held;
    private long heldUntil = System.nanoTime();
    private int inFlight;
    private int waiting;
    /** The most calls, in flight and waiting, since the last renewal. */
    private int peak;

    private long renewedAt = System.nanoTime();
    private long renewals;
    private boolean renewing;
    /** Whether the last renewal gave all that was wanted. */
    private boolean content = true;

    private @Nullable RuntimeException away;
    private boolean closed;

    CallPermits(Lessor lessor) {
        this.lessor = lessor;
    }

    /** Begins to lease permits. */
    CallPermits start() {
        thread.start();
        return this;
    }

    /** The right to have one call in flight. */
    final class Permit implements AutoCloseable {
        private Permit() {}

        @Override
        public void close() {
            lock.lock();
            try {
                inFlight--;
                free.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits for a permit. The caller closes it when its call has ended.
     *
     * @throws FaceServiceException when there is none within this time, or the instance stops
     * @throws RuntimeException of the lessor, when that is away
     */
    Permit acquire(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            try {
                awaitFree(atMost.toNanos());
                inFlight++;
            } finally {
                waiting--;
            }
            return new Permit();
        } finally {
            lock.unlock();
        }
    }

    private void awaitFree(long nanos) throws InterruptedException {
        notePeak();
        var before = renewals;
        var left = nanos;
        while (!isFree()) {
            if (away != null && renewals > before) {
                throw away;
            }
            if (closed) {
                throw failure(REKOGNITION_UNAVAILABLE, "the rekognizer stops");
            }
            if (left <= 0) {
                throw failure(
                        REKOGNITION_THROTTLED,
                        "all calls that AWS_CONCURRENT_REQUESTS allows are in flight; AWS is slow, or other rekognizers"
                                + " have them");
            }
            due.signal();
            left = free.awaitNanos(left);
        }
    }

    private static FaceServiceException failure(RekognizerFailure code, String detail) {
        return new FaceServiceException(new Retryable(code, detail, Scope.DEPENDENCY));
    }

    /** While a renewal is on its way, it is not known how many permits the instance will keep beside those in use. */
    private boolean isFree() {
        return !closed && !renewing && inFlight < held && heldUntil - System.nanoTime() > LONGEST_CALL.toNanos();
    }

    private void notePeak() {
        peak = Math.max(peak, inFlight + waiting);
    }

    private void run() {
        try {
            while (awaitDue()) {
                renew();
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("interrupted; the permits are held until their time is over");
        }
    }

    /** Waits until the next renewal. {@return whether the instance still runs} */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (held == 0 && waiting == 0) {
                    due.await();
                    continue;
                }
                var left = renewedAt + interval().toNanos() - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                var unused = due.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Duration interval() {
        if (waiting == 0) {
            return RENEWAL;
        }
        return content ? Duration.ZERO : SOON;
    }

    private void renew() {
        var began = System.nanoTime();
        int calls;
        int wanted;
        lock.lock();
        try {
            renewing = true;
            calls = inFlight;
            wanted = Math.max(peak, inFlight + waiting);
            peak = inFlight + waiting;
        } finally {
            lock.unlock();
        }
        try {
            var leased = lessor.renew(calls, wanted);
            renewed(began, leased, leased >= wanted, null);
        } catch (RuntimeException e) {
            // the lessor may have changed the permits all the same, so none is given out before the next renewal
            renewed(began, 0, false, e);
        }
    }

    private void renewed(long began, int leased, boolean enough, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            if (failure != null && away == null) {
                LOG.atWarn()
                        .addKeyValue("reason", failure.getMessage())
                        .log("calls wait, because permits cannot be leased");
            }
            held = leased;
            heldUntil = failure == null ? began + LEASE.toNanos() : began;
            content = enough;
            away = failure;
            renewedAt = System.nanoTime();
            renewals++;
            renewing = false;
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many permits this instance holds} */
    int held() {
        return read(() -> held);
    }

    /** {@return how many calls are in flight} */
    int inFlight() {
        return read(() -> inFlight);
    }

    private int read(IntSupplier field) {
        lock.lock();
        try {
            return field.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no call begin any more. Those that wait fail. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            due.signalAll();
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the permits. Call it when no call is in flight any more. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE);
            lessor.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("the permits are held until their time is over");
        }
    }
}
