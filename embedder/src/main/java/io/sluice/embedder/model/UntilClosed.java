package io.sluice.embedder.model;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Guards native resources that many threads use at once, until one thread closes them. Closing waits for running uses,
 * because native code crashes when its resources are freed during use.
 */
final class UntilClosed implements AutoCloseable {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Runnable closer;
    private boolean closed;

    UntilClosed(Runnable closer) {
        this.closer = closer;
    }

    <T> T use(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closer.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
