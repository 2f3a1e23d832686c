package io.sluice.runtime;

import io.sluice.schemas.pipeline.PipelineState;
import java.time.Instant;

/** The state of a running pipeline. */
public sealed interface PipelineStatus {
    /** {@return whether the pipeline runs, waits for a dependency and will go on by itself, or a person has paused it} */
    default boolean isWell() {
        return switch (this) {
            case Running r -> true;
            case Waiting w -> true;
            case Paused p -> true;
            case Suspended s -> false;
            case Stalled s -> false;
            case Dead d -> false;
        };
    }

    /** {@return the state that is reported to other processes; a dead pipeline makes no progress either} */
    default PipelineState state() {
        return switch (this) {
            case Running r -> PipelineState.RUNNING;
            case Waiting w -> PipelineState.WAITING;
            case Paused p -> PipelineState.PAUSED;
            case Suspended s -> PipelineState.SUSPENDED;
            case Stalled s -> PipelineState.STALLED;
            case Dead d -> PipelineState.STALLED;
        };
    }

    /** {@return the status in words, for people} */
    default String words() {
        return switch (this) {
            case Running() -> "running";
            case Waiting(var code, var since) -> "waiting because of " + code + " since " + since;
            case Paused(var by, var reason, var since) -> "paused by " + by + " since " + since + ": " + reason;
            case Suspended(var code, var since) -> "suspended by " + code + " since " + since;
            case Stalled(var reason, var since) -> "stalled since " + since + ": " + reason;
            case Dead(var reason) -> "dead: " + reason;
        };
    }

    /** The pipeline reads records. */
    record Running() implements PipelineStatus {}

    /**
     * Some partitions wait for a dependency to come back. No record is lost, and the operator need do nothing about the
     * pipeline.
     *
     * @param code the failure because of which it waits
     */
    record Waiting(String code, Instant since) implements PipelineStatus {}

    /**
     * A person has paused the pipeline. It reads and handles nothing until a person resumes it. It stays in its consumer
     * group.
     *
     * @param by the name of the admin who paused it
     */
    record Paused(String by, String reason, Instant since) implements PipelineStatus {}

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
