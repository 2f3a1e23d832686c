package io.sluice.runtime;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What it means that an event was not taken by Kafka. */
public final class PublishErrors {
    private PublishErrors() {}

    /** {@return a fatal failure when the event is too large, and otherwise that Kafka is not available} */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return new Fatal(
                        RuntimeFailure.TOO_LARGE, "what was made of it is larger than its topic takes", thrown);
            }
        }
        return new Retryable(RuntimeFailure.KAFKA_UNAVAILABLE, "Kafka does not take events", Scope.DEPENDENCY, thrown);
    }
}
