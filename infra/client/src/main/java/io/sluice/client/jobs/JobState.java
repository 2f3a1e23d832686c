package io.sluice.client.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.UnexpectedAnswerException;
import io.sluice.schemas.job.JobStatus;
import java.util.List;

/**
 * A job as the gateway describes it.
 *
 * @param stages in the order they were reported
 * @param error {@code CODE: message}; empty when nothing went wrong
 */
public record JobState(String id, JobStatus status, List<Stage> stages, String error) {
    public JobState {
        stages = List.copyOf(stages);
    }

    /**
     * One line of a job's history.
     *
     * @param at a time, ISO 8601
     * @param tookMs milliseconds since the stage before it
     */
    public record Stage(String name, String at, long tookMs) {
        static Stage of(JsonNode stage) {
            return new Stage(
                    stage.path("stage").asText(),
                    stage.path("at").asText(),
                    stage.path("took_ms").asLong());
        }
    }

    static JobState of(JsonNode body) {
        return new JobState(
                body.path("job_id").asText(),
                statusOf(body, "a job"),
                body.path("stages").valueStream().map(Stage::of).toList(),
                errorOf(body));
    }

    /**
     * Reads the status from an answer about a job.
     *
     * @param expected what the answer should be, such as {@code a job}
     * @throws UnexpectedAnswerException when it has no status that we know
     */
    public static JobStatus statusOf(JsonNode body, String expected) {
        try {
            return JobStatus.ofWireName(body.path("status").asText());
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException(expected, body);
        }
    }

    /** Reads the error, {@code CODE: message}, from an answer about a job. Returns an empty text when there is none. */
    public static String errorOf(JsonNode body) {
        var error = body.path("error");
        return error.isObject()
                ? error.path("code").asText() + ": " + error.path("message").asText()
                : "";
    }

    /** {@return whether it has ended} */
    public boolean hasEnded() {
        return status.isTerminal();
    }
}
