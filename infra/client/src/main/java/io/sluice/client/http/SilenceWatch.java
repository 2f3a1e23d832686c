package io.sluice.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Closes a body that has been silent for too long; its reader then gets an {@link IOException}. */
public final class SilenceWatch implements AutoCloseable {
    private final InputStream body;
    private final Duration limit;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean over;

    private SilenceWatch(InputStream body, Duration limit) {
        this.body = body;
        this.limit = limit;
    }

    /** Starts to watch. */
    public static SilenceWatch start(InputStream body, Duration limit) {
        var watch = new SilenceWatch(body, limit);
        Thread.ofVirtual().start(watch::run);
        return watch;
    }

    /** Notes that the body is not silent. */
    public void heard() {
        heardAt = System.nanoTime();
    }

    private void run() {
        while (!over) {
            var left = heardAt + limit.toNanos() - System.nanoTime();
            if (left <= 0) {
                closeBody();
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the watch. The caller closes the body. */
    @Override
    public void close() {
        over = true;
    }
}
