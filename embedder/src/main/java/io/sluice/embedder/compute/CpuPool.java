package io.sluice.embedder.compute;

import io.sluice.embedder.platform.Niceness;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fixed number of threads for work that keeps a core busy. Within a lane, first come, first served; a query overtakes
 * all bulk work that has not begun, so it waits for one piece of it at most: pieces are to be small. Whoever else needs a
 * core for a moment, such as a server that answers, gets it first.
 */
public final class CpuPool implements AutoCloseable {
    /** A third of the share of a thread with the usual niceness, 0, when both want the same core. */
    private static final int NICENESS = 5;

    private final ThreadPoolExecutor threads;
    private final AtomicLong sequence = new AtomicLong();

    public CpuPool(int size) {
        this.threads = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), new NiceThreads());
    }

    /** {@return the work's result, when it has been done; fails when the pool is closed before it began} */
    <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
        var piece = new Piece<>(lane, sequence.getAndIncrement(), work, new CompletableFuture<>());
        try {
            threads.execute(piece);
        } catch (RejectedExecutionException e) {
            piece.result.completeExceptionally(e);
        }
        return piece.result;
    }

    /** Lets what has begun end, however long it takes: native code must not run into the end of the JVM. */
    @Override
    public void close() {
        for (var waiting : threads.shutdownNow()) {
            if (waiting instanceof Piece<?> piece) {
                piece.result.completeExceptionally(new CancellationException("the pool is closed"));
            }
        }
        threads.close();
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

    private record Piece<T>(Lane lane, long number, Callable<T> work, CompletableFuture<T> result)
            implements Runnable, Comparable<Piece<?>> {
        @Override
        public void run() {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }

        @Override
        public int compareTo(Piece<?> other) {
            var byLane = lane.compareTo(other.lane);
            return byLane != 0 ? byLane : Long.compare(number, other.number);
        }
    }
}
