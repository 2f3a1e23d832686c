package io.sluice.embedder.compute;

import io.sluice.embedder.platform.Niceness;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads for work that keeps a core busy. Work of one lane runs in the order of its submission. A
 * query overtakes all other work that has not begun, so it waits for at most one piece of other work; pieces must be
 * small. The other lanes get the same time when all have work. The threads have a lower priority than other threads, such as those of the HTTP server. A thread that is stuck
 * in native code, where nothing can interrupt it, is replaced until it returns.
 */
public final class CpuPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CpuPool.class);
    /**
     * With this niceness a thread gets a third of the time of a thread with the usual niceness, 0, on the same core.
     */
    private static final int NICENESS = 5;
    /** How long closing the pool waits for threads that are already stuck. */
    private static final Duration STUCK_WAIT = Duration.ofSeconds(3);

    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final int size;
    private final ThreadPoolExecutor threads;
    private final LaneQueue<Piece<?>> waiting = new LaneQueue<>();
    private int stuck;

    public CpuPool(int size) {
        this.size = size;
        this.threads =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NiceThreads());
    }

    /**
     * {@return the result of the work; fails with a {@link RejectedExecutionException} when the pool closes before the
     * work begins}
     */
    <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
        return submit(lane, NO_LIMIT, work);
    }

    /**
     * As {@link #submit(Lane, Callable)}, for work that may get stuck. The limit begins when the work begins.
     *
     * @return the result of the work; fails with a {@link TimeoutException} when the limit has passed. Then the work
     *     continues, and another thread replaces its thread until it ends.
     */
    <T> CompletableFuture<T> submit(Lane lane, Duration limit, Callable<T> work) {
        var piece = new Piece<>(limit, work);
        waiting.add(lane, piece);
        try {
            threads.execute(this::runNext); // which is next is decided when a thread is free
        } catch (RejectedExecutionException e) {
            if (waiting.remove(lane, piece)) {
                piece.result.completeExceptionally(e);
            }
        }
        return piece.result;
    }

    private void runNext() {
        var turn = waiting.next();
        if (turn == null) {
            return; // the pool is being closed
        }
        var begun = System.nanoTime();
        try {
            turn.piece().run();
        } finally {
            waiting.ended(turn, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** {@return the number of threads, without the stuck ones} */
    public int size() {
        return size;
    }

    /** {@return the number of threads that are stuck: their work is over its limit and still running} */
    public synchronized int stuck() {
        return stuck;
    }

    /**
     * Waits until all work that has begun ends, because native code must not run while the JVM exits. Waits for stuck
     * threads only a few seconds.
     */
    @Override
    public void close() {
        threads.shutdownNow();
        for (var piece : waiting.drain()) {
            piece.result.completeExceptionally(new RejectedExecutionException("the pool is closed"));
        }
        var deadline = System.nanoTime() + STUCK_WAIT.toNanos();
        var interrupted = false;
        while (!threads.isTerminated()) {
            if (threads.getActiveCount() <= stuck() && System.nanoTime() > deadline) {
                LOG.atWarn().addKeyValue("threads", stuck()).log("threads are still stuck in native code");
                break;
            }
            try {
                var unused = threads.awaitTermination(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void replace(Piece<?> piece) {
        if (!piece.returned) {
            piece.replaced = true;
            stuck++;
            threads.setMaximumPoolSize(size + stuck);
            threads.setCorePoolSize(size + stuck);
            LOG.atWarn()
                    .addKeyValue("limit", piece.limit)
                    .addKeyValue("stuck", stuck)
                    .log("a thread is stuck");
        }
    }

    private synchronized void returned(Piece<?> piece) {
        piece.returned = true;
        if (piece.replaced) {
            stuck--;
            threads.setCorePoolSize(size + stuck);
            threads.setMaximumPoolSize(size + stuck);
        }
    }

    private static final class NiceThreads implements ThreadFactory {
        private final AtomicLong count = new AtomicLong();

        @Override
        public Thread newThread(Runnable work) {
            return Thread.ofPlatform().name("embed-" + count.getAndIncrement()).unstarted(() -> {
                var _ = Niceness.ofThisThread(NICENESS);
                work.run();
            });
        }
    }

    private final class Piece<T> {
        private final Duration limit;
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private boolean returned;
        private boolean replaced;

        Piece(Duration limit, Callable<T> work) {
            this.limit = limit;
            this.work = work;
        }

        void run() {
            try {
                if (!limit.equals(NO_LIMIT)) {
                    watch();
                }
                var value = work.call();
                returned(this);
                result.complete(value);
            } catch (Throwable e) {
                returned(this);
                result.completeExceptionally(e);
            }
        }

        private void watch() {
            var unused = result.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((_, thrown) -> {
                        if (thrown instanceof TimeoutException) {
                            replace(this);
                        }
                    });
        }
    }
}
