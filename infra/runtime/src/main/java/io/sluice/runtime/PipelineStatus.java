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
            case Waiting(var code, var detail, var since) ->
                "waiting because of " + code + " since " + since + ": " + detail;
            case Paused(var by, var reason, var since) -> "paused by " + by + " since " + since + ": " + reason;
            case Suspended(var code, var since, var record) ->
                "suspended by " + code + " since " + since + ", at " + record
                        + ": most records fail for an unknown reason, and only one is given up after each pause. Look"
                        + " for the code in the log; when the cause is mended, it goes on by itself";
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
     * @param detail the failure in words, with what mends it when that is known
     */
    record Waiting(String code, String detail, Instant since) implements PipelineStatus {}

    /**
     * A person has paused the pipeline. It reads and handles nothing until a person resumes it. It stays in its consumer
     * group.
     *
     * @param by the name of the admin who paused it
     */
    record Paused(String by, String reason, Instant since) implements PipelineStatus {}

    /**
     * Most records of the pipeline fail for an unknown reason. They are tried again and again, and only one of them is
     * given up after each pause; otherwise a defect would send the whole backlog to the dead letters. Other records are
     * handled. The operator should look at the log. When records pass, the pipeline goes on by itself.
     *
     * @param code the failure of the last of these records
     * @param record the record that the pipeline stumbled on, in words
     */
    record Suspended(String code, Instant since, String record) implements PipelineStatus {}

    /**
     * The pipeline makes no progress: Kafka does not answer, the log no longer has an offset, or a batch does not end.
     */
    record Stalled(String reason, Instant since) implements PipelineStatus {}

    /** A thread of the pipeline died because of a defect. Only a restart of the process helps. */
    record Dead(String reason) implements PipelineStatus {}
}
