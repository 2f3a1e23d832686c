package io.sluice.runtime.internal;

import io.sluice.runtime.Failure;
import io.sluice.schemas.job.JobStatus;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What becomes of a record for good, once it is written. */
sealed interface Fate {
    /** It is done: its emissions go out, then its job hears of it. */
    record Finished(List<ProducerRecord<byte[], byte[]>> emissions, JobStatus status) implements Fate {}

    /** It goes, unchanged, to the partition where its key belongs. */
    record Moved(int partition) implements Fate {}

    /**
     * It goes to the dead letters, then its job hears of it.
     *
     * @param attempts how often it was tried, before it came here too
     * @param firstFailedAt when it failed first, perhaps before it came here
     */
    record Buried(Failure failure, int attempts, Instant firstFailedAt) implements Fate {}
}
