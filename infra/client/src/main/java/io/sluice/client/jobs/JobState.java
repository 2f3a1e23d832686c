package io.sluice.client.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.UnexpectedAnswerException;
import io.sluice.schemas.job.JobStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A job as the gateway describes it.
 *
 * @param stages in the order they were reported
 * @param counts what it has counted so far, by name
 * @param error {@code CODE: message}; empty when nothing went wrong
 */
public record JobState(String id, JobStatus status, List<Stage> stages, Map<String, Long> counts, String error) {
    public JobState {
        stages = List.copyOf(stages);
        counts = Map.copyOf(counts);
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
                counts(body.path("counts")),
                errorOf(body));
    }

    private static Map<String, Long> counts(JsonNode counts) {
        var numbers = new HashMap<String, Long>();
        counts.propertyStream()
                .forEach(count -> numbers.put(count.getKey(), count.getValue().asLong()));
        return numbers;
    }

    /** {@return a count; 0 while it is not known} */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
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
