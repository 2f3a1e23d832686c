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

    /**
     * The record failed in this pass.
     *
     * @param isSlow whether it made a store take long, so that trying it again holds the other records back
     */
    record Failed(Failure failure, boolean isSlow) implements Verdict {
        Failed(Failure failure) {
            this(failure, false);
        }
    }

    /** The record hung, but its time was cut short for the sake of the others. It is to be handled alone. */
    record CutShort() implements Verdict {}
}
