package io.sluice.runtime.engine;

import io.sluice.runtime.Failure;
import io.sluice.runtime.engine.RetryPlan.Hop;
import io.sluice.schemas.job.JobStatus;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The final result for a record. It takes effect once it is written to Kafka. */
sealed interface Fate {
    /** The record is done. Its emissions are written first, then the event for its job. */
    record Finished(List<ProducerRecord<byte[], byte[]>> emissions, JobStatus status) implements Fate {}

    /** The record is written, unchanged, to the partition where its key belongs. */
    record Moved(int partition) implements Fate {}

    /**
     * The record is written to a retry topic, then the event for its job.
     *
     * @param attempts how often it was tried so far
     * @param firstFailedAt when it failed first
     * @param notBefore when it is tried again
     */
    record Delayed(Failure failure, int attempts, Instant firstFailedAt, Hop to, Instant notBefore) implements Fate {}

    /**
     * The record is written to the dead letters, then the event for its job.
     *
     * @param attempts how often it was tried, with the attempts before this consumer read it
     * @param firstFailedAt when it failed first, perhaps before this consumer read it
     */
    record Buried(Failure failure, int attempts, Instant firstFailedAt) implements Fate {}
}
