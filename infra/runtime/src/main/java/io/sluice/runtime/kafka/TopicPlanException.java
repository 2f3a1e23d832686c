package io.sluice.runtime.kafka;

/** The topics are not as the catalogue says, and could not be made so; the message says which and what to do. */
public final class TopicPlanException extends IllegalStateException {
    TopicPlanException(String message, Throwable cause) {
        super(message, cause);
    }

    TopicPlanException(String message) {
        super(message);
    }
}
