package io.sluice.runtime.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads with one Kafka consumer, on a thread of its own, until it is closed. When reading fails, it begins again a second
 * later, with a new consumer.
 */
public final class ConsumerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final java.util.function.Consumer<Consumer<byte[], byte[]>> reading;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> open;

    /**
     * Makes a thread that does not read yet.
     *
     * @param name of the thread, in the log too
     * @param consumers makes a new consumer; the thread closes it
     * @param reading polls the consumer until {@link #isStopping}
     */
    public ConsumerThread(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            java.util.function.Consumer<Consumer<byte[], byte[]>> reading) {
        this.name = name;
        this.consumers = consumers;
        this.reading = reading;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Starts to read, without waiting for Kafka. */
    public void start() {
        thread.start();
    }

    /** {@return whether the thread has started and not ended} */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** {@return whether the thread is to end: it is being closed, or was interrupted} */
    public boolean isStopping() {
        return isStopping(Duration.ZERO);
    }

    private boolean isStopping(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run() {
        while (!isStopping()) {
            try (var consumer = consumers.get()) {
                open = consumer;
                reading.accept(consumer);
            } catch (WakeupException e) {
                LOG.atDebug().addKeyValue("reader", name).log("woken to stop");
            } catch (RuntimeException e) { // a client that cannot be made fails as Micronaut's exception
                LOG.atWarn().addKeyValue("reader", name).setCause(e).log("reading was interrupted, starting again");
                isStopping(BACKOFF);
            } finally {
                open = null;
            }
        }
    }

    /** Ends the reading, and waits some seconds for the thread. */
    @Override
    public void close() {
        stopping.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (!thread.isAlive()) {
            return; // it has ended, or was never started
        }
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
