package io.sluice.runtime;

import java.time.Instant;

/** How a running pipeline is. */
public sealed interface PipelineStatus {
    /** {@return whether it is alive and needs nobody's help: running, or waiting for something that will come back} */
    default boolean isWell() {
        return this instanceof Running || this instanceof Paused;
    }

    /** It reads records. */
    record Running() implements PipelineStatus {}

    /**
     * Some partitions wait for a dependency to come back; nothing is lost and nothing needs doing here.
     *
     * @param code the failure that made it wait
     */
    record Paused(String code, Instant since) implements PipelineStatus {}

    /**
     * All of it waits, because most records fail for a reason nobody knows and burying the backlog would help nobody. It
     * tries again by itself from time to time; look at the log.
     *
     * @param code the failure most records have
     */
    record Suspended(String code, Instant since) implements PipelineStatus {}

    /** It cannot go on: Kafka does not answer, an offset is gone, or a batch does not end. */
    record Stalled(String reason, Instant since) implements PipelineStatus {}

    /** A thread of it died of a defect; only a restart of the process helps. */
    record Dead(String reason) implements PipelineStatus {}
}
