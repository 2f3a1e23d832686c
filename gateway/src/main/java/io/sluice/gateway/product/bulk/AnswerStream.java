package io.sluice.gateway.product.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a bulk answer: one thread adds lines, the server's reads them as the caller takes them.
 *
 * <p>Many a client sends all it has before it reads a word, so lines it does not take are kept, up to a bound. Above it the
 * writer waits, as long as the client takes any; a client that takes none for a while is given up, because waiting for each
 * other would never end.
 */
final class AnswerStream extends InputStream {
    private final int bound;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int firstAt;
    private long kept;
    private boolean finished;
    private boolean closed;
    private boolean broken;
    private volatile boolean givenUp;

    /**
     * Makes an empty one.
     *
     * @param bound bytes kept for a client that does not read, those of one line apart
     * @param patience how long it may then take none
     */
    AnswerStream(int bound, Duration patience) {
        this.bound = bound;
        this.patience = patience;
    }

    /** Adds a line; waits while too much is kept. Who has been given up gets it all the same. */
    void add(byte[] line) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (kept >= bound && !givenUp) {
                var tookSome = taken.await(patience.toMillis(), TimeUnit.MILLISECONDS);
                givenUp = givenUp || !tookSome;
            }
            if (!closed) {
                lines.add(line);
                kept += line.length;
                added.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the body after the lines added so far. */
    void finish() {
        lock.lock();
        try {
            finished = true;
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the body here as one that is not whole: who reads it is told by an exception, and the caller by a cut line. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
            drop();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the caller has taken all of a finished body, or is gone. One that takes nothing for as long as patience
     * lasts is gone: what is kept for it is dropped, and the body broken off.
     */
    void awaitTaken() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!lines.isEmpty()) {
                if (!taken.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !lines.isEmpty()) {
                    broken = true;
                    drop();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the caller is gone, or does not read} */
    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Gives what is there, and waits only when nothing is. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        lock.lock();
        try {
            while (length > 0 && lines.isEmpty() && !finished && !closed) {
                added.await();
            }
            if (broken) {
                throw new IOException("the answer is not whole");
            }
            return length > 0 && lines.isEmpty() ? -1 : take(into, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] into, int offset, int length) {
        int done = 0;
        while (done < length && !lines.isEmpty()) {
            var line = lines.getFirst();
            var part = Math.min(length - done, line.length - firstAt);
            System.arraycopy(line, firstAt, into, offset + done, part);
            done += part;
            firstAt += part;
            if (firstAt == line.length) {
                lines.removeFirst();
                firstAt = 0;
            }
        }
        kept -= done;
        taken.signal();
        return done;
    }

    /** The caller has it all, or is gone. */
    @Override
    public void close() {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        closed = true;
        givenUp = true;
        lines.clear();
        kept = 0;
        added.signal();
        taken.signal();
    }
}
