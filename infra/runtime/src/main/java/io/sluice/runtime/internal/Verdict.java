package io.sluice.runtime.internal;

import io.sluice.runtime.Failure;
import io.sluice.schemas.job.JobStatus;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one pass through the handler says about one record. */
sealed interface Verdict {
    /**
     * It is done.
     *
     * @param emissions to write before it counts as done
     * @param status where that leaves its job
     */
    record Passed(List<ProducerRecord<byte[], byte[]>> emissions, JobStatus status) implements Verdict {}

    /** It belongs on another partition. */
    record Misplaced(int partition) implements Verdict {}

    /** It failed, this time. */
    record Failed(Failure failure) implements Verdict {}
}
