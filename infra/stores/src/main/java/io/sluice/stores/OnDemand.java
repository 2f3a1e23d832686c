package io.sluice.stores;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a costly object at the first request, and closes it if it was made. If making it fails, the next request tries
 * again.
 */
public final class OnDemand<T> implements AutoCloseable {
    private final ReentrantLock making = new ReentrantLock();
    private final Supplier<T> maker;
    private final Consumer<T> closer;
    private volatile @Nullable T made;
    private boolean closed;

    public OnDemand(Supplier<T> maker, Consumer<T> closer) {
        this.maker = maker;
        this.closer = closer;
    }

    /** Returns the object, and makes it if this is the first request. Passes on every exception of the maker. */
    public T get() {
        var ready = made;
        return ready != null ? ready : make();
    }

    private T make() {
        making.lock();
        try {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            var ready = made;
            if (ready == null) {
                ready = maker.get();
                made = ready;
            }
            return ready;
        } finally {
            making.unlock();
        }
    }

    @Override
    public void close() {
        making.lock();
        try {
            closed = true;
            var ready = made;
            made = null;
            if (ready != null) {
                closer.accept(ready);
            }
        } finally {
            making.unlock();
        }
    }
}
