package io.sluice.embedder.compute;

import io.sluice.embedder.platform.Niceness;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads for work that keeps a core busy. Within a lane, first come, first served; a query overtakes
 * all bulk work that has not begun, so it waits for one piece of it at most: pieces are to be small. Whoever else needs a
 * core for a moment, such as a server that answers, gets it first. A thread that is stuck in native code, where nothing
 * can interrupt it, is replaced until it comes back.
 */
public final class CpuPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CpuPool.class);
    /** A third of the share of a thread with the usual niceness, 0, when both want the same core. */
    private static final int NICENESS = 5;
    /** How long the end waits for threads that are stuck already. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final int size;
    private final ThreadPoolExecutor threads;
    private final AtomicLong sequence = new AtomicLong();
    private int stuck;

    public CpuPool(int size) {
        this.size = size;
        this.threads = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), new NiceThreads());
    }

    /**
     * {@return the work's result, when it has been done; fails with a {@link RejectedExecutionException} when the pool is
     * closed before it began}
     */
    <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
        return submit(lane, NO_LIMIT, work);
    }

    /**
     * As {@link #submit(Lane, Callable)}, for work that may get stuck: once it has begun, nobody waits for longer than the
     * limit.
     *
     * @return the work's result; fails with a {@link TimeoutException} when the limit has passed. The work goes on then,
     *     and another thread takes its thread's place until it ends.
     */
    <T> CompletableFuture<T> submit(Lane lane, Duration limit, Callable<T> work) {
        var piece = new Piece<>(lane, sequence.getAndIncrement(), limit, work);
        try {
            threads.execute(piece);
        } catch (RejectedExecutionException e) {
            piece.result.completeExceptionally(e);
        }
        return piece.result;
    }

    /** {@return how many threads there are, the stuck ones aside} */
    public int size() {
        return size;
    }

    /** {@return how many threads are at work that nobody waits for any more} */
    public synchronized int stuck() {
        return stuck;
    }

    /**
     * Lets what has begun end, however long it takes: native code must not run into the end of the JVM. Only what is stuck
     * is given no more than a moment.
     */
    @Override
    public void close() {
        for (var waiting : threads.shutdownNow()) {
            if (waiting instanceof Piece<?> piece) {
                piece.result.completeExceptionally(new RejectedExecutionException("the pool is closed"));
            }
        }
        var patience = System.nanoTime() + PATIENCE.toNanos();
        var interrupted = false;
        while (!threads.isTerminated()) {
            if (threads.getActiveCount() <= stuck() && System.nanoTime() > patience) {
                LOG.atWarn().addKeyValue("threads", stuck()).log("left behind in native code");
                break;
            }
            try {
                var unused = threads.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS);
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

    private final class Piece<T> implements Runnable, Comparable<Piece<?>> {
        private final Lane lane;
        private final long number;
        private final Duration limit;
        private final Callable<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private boolean returned;
        private boolean replaced;

        Piece(Lane lane, long number, Duration limit, Callable<T> work) {
            this.lane = lane;
            this.number = number;
            this.limit = limit;
            this.work = work;
        }

        @Override
        public void run() {
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

        @Override
        public int compareTo(Piece<?> other) {
            var byLane = lane.compareTo(other.lane);
            return byLane != 0 ? byLane : Long.compare(number, other.number);
        }
    }
}
