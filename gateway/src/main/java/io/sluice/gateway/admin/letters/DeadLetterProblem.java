package io.sluice.gateway.admin.letters;

import io.micronaut.http.HttpStatus;
import io.sluice.gateway.problem.Outage;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;
import java.util.function.Supplier;

/** Reasons why a call about dead letters is refused. Codes are contract. */
public enum DeadLetterProblem implements ProblemKind {
    /** No letter ever came from a topic of this name. The list of groups names the topics. */
    DEAD_LETTER_TOPIC_NOT_FOUND(HttpStatus.NOT_FOUND, "Dead-letter topic not found"),
    /** The topic has no letter with this id. */
    DEAD_LETTER_NOT_FOUND(HttpStatus.NOT_FOUND, "Dead letter not found"),
    /** The letter was sent back and has passed; nothing is left to do. */
    DEAD_LETTER_MENDED(HttpStatus.CONFLICT, "The dead letter is mended"),
    /** An admin has discarded the letter; the history gives the reason. */
    DEAD_LETTER_DISCARDED(HttpStatus.CONFLICT, "The dead letter is discarded"),
    /** The letter was sent back three times. Correct the cause, or send {@code force}. */
    DEAD_LETTER_REDRIVEN_OFTEN(HttpStatus.CONFLICT, "The dead letter was redriven often"),
    /** The retry topic of the consumer group does not exist. Start the service that made the letter. */
    RETRY_TOPIC_MISSING(HttpStatus.CONFLICT, "The retry topic does not exist"),
    /** The entity has a newer version than the letter. The answer shows the differences. Change the entity itself. */
    ENTITY_HAS_NEWER_VERSION(HttpStatus.CONFLICT, "The entity has a newer version"),
    /** A change of the entity is under way. Wait for its job. */
    ENTITY_HAS_OPEN_JOB(HttpStatus.CONFLICT, "The entity has an open job"),
    /** The topic deleted the record. Ask its sender to send it again. */
    DEAD_LETTER_EXPIRED(HttpStatus.GONE, "The dead letter's record is gone"),
    /** Letters of this topic cannot be edited; the detail says what to do. */
    DEAD_LETTER_NOT_EDITABLE(HttpStatus.UNPROCESSABLE_ENTITY, "The dead letter cannot be edited"),
    /** Postgres, which holds the state of the letters, did not answer. Check the database; send again. */
    DEAD_LETTERS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Dead letters are not available");

    private final HttpStatus status;
    private final String title;

    DeadLetterProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /**
     * {@return what Postgres answers}
     *
     * @throws ProblemException {@code DEAD_LETTERS_UNAVAILABLE} when Postgres is not available
     */
    public static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Outage.or(
                    e,
                    DEAD_LETTERS_UNAVAILABLE,
                    "Postgres does not answer; the letters are safe in Kafka. Try again in a moment.");
        }
    }

    /** {@return the refusal of a topic of which no letter is known} */
    public static ProblemException topicNotFound(String topic) {
        return new ProblemException(
                DEAD_LETTER_TOPIC_NOT_FOUND,
                "No letter ever came from a topic %s. GET /api/v1/admin/dead-letters names the topics that have some."
                        .formatted(topic));
    }

    /** {@return the refusal of a letter that is not known} */
    public static ProblemException notFound(String topic, String id) {
        return new ProblemException(
                DEAD_LETTER_NOT_FOUND,
                "The topic %s has no letter with the id %s. An id is partition-offset, such as 0-17."
                        .formatted(topic, id));
    }

    /** {@return the refusal of a letter whose record is gone} */
    public static ProblemException expired() {
        return new ProblemException(
                DEAD_LETTER_EXPIRED,
                "The topic no longer has the record, so it cannot be sent back. Ask its sender to send it again.");
    }
}
