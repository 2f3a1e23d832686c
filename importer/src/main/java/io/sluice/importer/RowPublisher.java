package io.sluice.importer;

import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Progress;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.wire.Headers;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the events of one import. Writes run at the same time until {@value #IN_FLIGHT} bytes are not acknowledged;
 * then it waits. So a file of any size takes the same memory. Belongs to one thread.
 */
final class RowPublisher {
    /** Most bytes, about, of events that Kafka has not acknowledged yet. */
    static final int IN_FLIGHT = 4 << 20;

    /** Bytes that an event takes besides its texts. */
    private static final int OVERHEAD = 256;

    private final EventPublisher publisher;
    private final Map<String, String> headers;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean hasRow;

    /**
     * Publishes for one import.
     *
     * @param jobId the job that follows the rows
     */
    RowPublisher(EventPublisher publisher, String jobId) {
        this.publisher = publisher;
        this.headers = Map.of(Headers.JOB_ID, jobId);
    }

    /**
     * Publishes an event, and waits while too many bytes are not acknowledged. Once a row is acknowledged, says that the
     * import makes progress.
     *
     * @param size of its texts, in characters
     * @throws RowsNotPublishedException when Kafka did not take an earlier event
     */
    <E extends Event> void publish(Topic<E> topic, String key, E event, int size) throws InterruptedException {
        var cost = Math.min(size + OVERHEAD, IN_FLIGHT);
        room.acquire(cost);
        requireTaken();
        if (hasRow) {
            Progress.made();
        }
        var unused = publisher.publish(topic, key, event, headers).whenComplete((position, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            } else if (event instanceof ImportRow) {
                hasRow = true;
            }
            room.release(cost);
        });
    }

    /**
     * Waits until every in-sync replica has all events.
     *
     * @throws RowsNotPublishedException when Kafka did not take one of them
     */
    void awaitAcks() throws InterruptedException {
        room.acquire(IN_FLIGHT);
        room.release(IN_FLIGHT);
        requireTaken();
    }

    private void requireTaken() {
        var thrown = failure.get();
        if (thrown != null) {
            throw new RowsNotPublishedException(thrown);
        }
    }

    /** Kafka did not take an event within the producer's delivery timeout. */
    static final class RowsNotPublishedException extends RuntimeException {
        RowsNotPublishedException(Throwable cause) {
            super("Kafka did not take the rows", cause);
        }
    }
}
