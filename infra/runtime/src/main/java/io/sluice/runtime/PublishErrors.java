package io.sluice.runtime;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The failure that a failed write to Kafka stands for. */
public final class PublishErrors {
    private PublishErrors() {}

    /**
     * {@return a fatal failure when the event is too large; otherwise a retryable one that says that Kafka is not
     * available}
     */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return new Fatal(
                        RuntimeFailure.TOO_LARGE, "the event made from it is larger than its topic accepts", thrown);
            }
        }
        return new Retryable(
                RuntimeFailure.KAFKA_UNAVAILABLE, "Kafka does not accept events", Scope.DEPENDENCY, thrown);
    }
}
