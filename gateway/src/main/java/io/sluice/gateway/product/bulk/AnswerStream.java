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
 * The body of a bulk answer. One thread adds lines, and a thread of the HTTP server reads them at the speed of the
 * client.
 *
 * <p>Many clients send their whole body before they read the answer, so the stream keeps unread lines, up to a bound.
 * Above the bound the writer waits while the client keeps reading. When the client reads nothing for a while, the
 * stream gives it up, because otherwise both sides would wait for each other forever.
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
     * Creates an empty body.
     *
     * @param bound bytes kept for a client that does not read; the last line may exceed it
     * @param patience how long such a client may read nothing before it is given up
     */
    AnswerStream(int bound, Duration patience) {
        this.bound = bound;
        this.patience = patience;
    }

    /**
     * Adds a line, and waits while too many bytes are kept. The line is added even when the client was just given up.
     */
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

    /**
     * Ends the body as incomplete. The server's thread gets an exception, and the client sees that the connection
     * breaks off.
     */
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
     * Waits until the client has read all of a finished body, or has disconnected. When the client reads nothing for
     * the time of the patience, this drops the unread lines and breaks the body off.
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

    /** {@return whether the client has disconnected, or was given up because it does not read} */
    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Gives the bytes that are available, and waits only when there are none. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        lock.lock();
        try {
            while (length > 0 && lines.isEmpty() && !finished && !closed) {
                added.await();
            }
            if (broken) {
                throw new IOException("the answer is not complete");
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

    /** The server closes the body when the client has read all of it, or has disconnected. */
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
