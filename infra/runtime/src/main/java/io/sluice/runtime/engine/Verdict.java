package io.sluice.runtime.engine;

import io.sluice.runtime.Failure;
import io.sluice.schemas.job.JobStatus;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The result of one pass through the handler for one record. */
sealed interface Verdict {
    /**
     * The record is done.
     *
     * @param emissions the records to write before it counts as done
     * @param status the status of its job then
     */
    record Passed(List<ProducerRecord<byte[], byte[]>> emissions, JobStatus status) implements Verdict {}

    /** The record belongs on another partition. */
    record Misplaced(int partition) implements Verdict {}

    /** The record failed in this pass. */
    record Failed(Failure failure) implements Verdict {}
}
