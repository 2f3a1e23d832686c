package io.sluice.runtime.kafka;

/**
 * A topic could not be created or checked, or has another cleanup policy than the catalogue declares. The message says
 * which topic and what to do.
 */
public final class TopicPlanException extends IllegalStateException {
    TopicPlanException(String message, Throwable cause) {
        super(message, cause);
    }

    TopicPlanException(String message) {
        super(message);
    }
}
