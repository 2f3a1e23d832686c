package io.sluice.runtime;

import java.time.Instant;

/** The state of a running pipeline. */
public sealed interface PipelineStatus {
    /** {@return whether the pipeline runs, or waits for a dependency and will go on by itself} */
    default boolean isWell() {
        return this instanceof Running || this instanceof Paused;
    }

    /** The pipeline reads records. */
    record Running() implements PipelineStatus {}

    /**
     * Some partitions wait for a dependency to come back. No record is lost, and the operator need do nothing about the
     * pipeline.
     *
     * @param code the failure because of which it waits
     */
    record Paused(String code, Instant since) implements PipelineStatus {}

    /**
     * The whole pipeline waits, because most of its records fail for an unknown reason. Without the wait, the whole
     * backlog would go to the dead letters. The pipeline tries again by itself from time to time. The operator should
     * look at the log.
     *
     * @param code the failure of the last of these records
     */
    record Suspended(String code, Instant since) implements PipelineStatus {}

    /**
     * The pipeline makes no progress: Kafka does not answer, the log no longer has an offset, or a batch does not end.
     */
    record Stalled(String reason, Instant since) implements PipelineStatus {}

    /** A thread of the pipeline died because of a defect. Only a restart of the process helps. */
    record Dead(String reason) implements PipelineStatus {}
}
