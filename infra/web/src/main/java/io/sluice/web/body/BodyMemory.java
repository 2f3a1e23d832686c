package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all request bodies together may use. A body takes it as its bytes arrive, so a slow body holds
 * little, and gives it back when it is no longer needed. A body that waits for memory is not read: its bytes stay in
 * the sender's socket.
 *
 * <p>Bodies that hold some memory and wait for more could wait for each other. So memory is given only while the bodies
 * can still end one after the other, with what the ended ones give back (the banker's algorithm, Dijkstra 1965). Among
 * bodies that wait, the one that came first goes first.
 */
public final class BodyMemory {
    private final Pool pool;
    private final boolean isHalf;

    /**
     * @param bytes how much memory there is
     * @param patience how long a body waits for more memory before it is refused
     */
    public BodyMemory(long bytes, Duration patience) {
        this(new Pool(bytes, patience), false);
    }

    private BodyMemory(Pool pool, boolean isHalf) {
        this.pool = pool;
        this.isHalf = isHalf;
    }

    /**
     * Returns half of this memory, for bodies that must not use all of it. What the half gives out is taken from this
     * memory too.
     */
    public BodyMemory half() {
        return new BodyMemory(pool, true);
    }

    /**
     * Admits a body, which holds no memory yet.
     *
     * @param most the most bytes that it may come to hold; all of the memory when they are more
     */
    public Share open(long most) {
        return pool.open(most, isHalf);
    }

    /** The memory that one body holds. Closing the share gives it back. */
    public interface Share extends AutoCloseable {
        /**
         * Takes memory until the share holds so many bytes; never more than the most that it was opened for.
         *
         * @throws ProblemException when there is no room in time
         */
        void growTo(long bytes);

        /** Gives back what the share holds over so many bytes. The share takes no more memory after this. */
        void settle(long bytes);

        @Override
        void close();
    }

    /** The memory and all bodies that are open. */
    private static final class Pool {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition released = lock.newCondition();
        private final long size;
        private final Duration patience;
        /** In the order in which they came. */
        private final List<Held> open = new ArrayList<>();

        private final List<Held> waiting = new ArrayList<>();
        private Free free;

        Pool(long size, Duration patience) {
            this.size = size;
            this.patience = patience;
            this.free = new Free(size, size / 2);
        }

        Share open(long most, boolean isHalf) {
            lock.lock();
            try {
                var held = new Held(this, Math.clamp(most, 1, isHalf ? size / 2 : size), isHalf);
                open.add(held);
                return held;
            } finally {
                lock.unlock();
            }
        }

        void grow(Held held, long bytes) {
            lock.lock();
            try {
                held.wanted = Math.min(bytes, held.most);
                if (held.wanted > held.bytes && !gives(held)) {
                    await(held);
                }
            } finally {
                lock.unlock();
            }
        }

        void settle(Held held, long bytes) {
            lock.lock();
            try {
                if (open.contains(held)) {
                    free = free.plus(held);
                    held.bytes = Math.min(bytes, held.bytes);
                    held.most = held.bytes;
                    free = free.minus(held.bytes, held.isHalf);
                    giveToOthers();
                }
            } finally {
                lock.unlock();
            }
        }

        void close(Held held) {
            lock.lock();
            try {
                if (open.remove(held)) {
                    free = free.plus(held);
                    giveToOthers();
                }
            } finally {
                lock.unlock();
            }
        }

        private void giveToOthers() {
            waiting.removeIf(this::gives);
            released.signalAll();
        }

        private void await(Held held) {
            var left = patience.toNanos();
            waiting.add(held);
            waiting.sort((one, other) -> Integer.compare(open.indexOf(one), open.indexOf(other)));
            try {
                while (waiting.contains(held)) {
                    if (left <= 0) {
                        throw new ProblemException(WebProblem.TOO_BUSY, "Send again in a moment.");
                    }
                    left = released.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException(WebProblem.TOO_BUSY, "The server is stopping.", e);
            } finally {
                waiting.remove(held);
            }
        }

        /** Gives the body what it wants, unless the bodies could then wait for each other. */
        private boolean gives(Held held) {
            var more = held.wanted - held.bytes;
            var rest = free.minus(more, held.isHalf);
            if (rest.isNegative()) {
                return false;
            }
            held.bytes += more;
            if (rest.endsOf(held) || allCanEnd(rest)) {
                free = rest;
                return true;
            }
            held.bytes -= more;
            return false;
        }

        private boolean allCanEnd(Free rest) {
            var left = new ArrayList<>(open);
            var now = rest;
            for (var ended = true; ended; ) {
                ended = false;
                for (var bodies = left.iterator(); bodies.hasNext(); ) {
                    var body = bodies.next();
                    if (now.endsOf(body)) {
                        now = now.plus(body);
                        bodies.remove();
                        ended = true;
                    }
                }
            }
            return left.isEmpty();
        }
    }

    /** What is free of the memory, and of the half. */
    private record Free(long all, long half) {
        Free plus(Held held) {
            return new Free(all + held.bytes, half + (held.isHalf ? held.bytes : 0));
        }

        Free minus(long bytes, boolean isHalf) {
            return new Free(all - bytes, half - (isHalf ? bytes : 0));
        }

        boolean isNegative() {
            return all < 0 || half < 0;
        }

        /** {@return whether the body could take all that it may still come to hold, and so end} */
        boolean endsOf(Held held) {
            var needed = held.most - held.bytes;
            return needed <= all && (!held.isHalf || needed <= half);
        }
    }

    /** The share of one body, guarded by the lock of the pool. */
    private static final class Held implements Share {
        private final Pool pool;
        private final boolean isHalf;
        private long most;
        private long bytes;
        private long wanted;

        Held(Pool pool, long most, boolean isHalf) {
            this.pool = pool;
            this.most = most;
            this.isHalf = isHalf;
        }

        @Override
        public void growTo(long wantedBytes) {
            pool.grow(this, wantedBytes);
        }

        @Override
        public void settle(long bytesKept) {
            pool.settle(this, bytesKept);
        }

        @Override
        public void close() {
            pool.close(this);
        }
    }
}
