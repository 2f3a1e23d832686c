package io.sluice.cli.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.CommandFailedException;
import io.sluice.client.Answer;
import io.sluice.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.List;

/** A job as the gateway tells it. */
record Job(String id, JobStatus status, List<String> stages, String error) {

    static Job of(Answer answer) {
        var body = answer.body();
        try {
            return new Job(
                    body.path("job_id").asText(),
                    JobStatus.ofWireName(body.path("status").asText()),
                    stages(body),
                    error(body.path("error")));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("the gateway's answer is not a job: " + body);
        }
    }

    private static List<String> stages(JsonNode body) {
        var lines = new ArrayList<String>();
        for (var stage : body.path("stages")) {
            lines.add("%s  %s  (%d ms)"
                    .formatted(
                            stage.path("at").asText(),
                            stage.path("stage").asText(),
                            stage.path("took_ms").asLong()));
        }
        return lines;
    }

    private static String error(JsonNode error) {
        return error.isObject()
                ? error.path("code").asText() + ": " + error.path("message").asText()
                : "";
    }

    boolean hasEnded() {
        return status.isTerminal();
    }

    /** {@return 0 for an end that is as it should be (a newer version counts), 1 for another} */
    int exitCode() {
        return switch (status) {
            case FAILED, DEAD, CANCELED -> 1;
            case QUEUED, PROCESSING, RETRYING, SUCCEEDED, SUPERSEDED -> 0;
        };
    }

    /** {@return one line: where it stands, and why} */
    String summary() {
        return "job %s %s%s".formatted(id, status.wireName(), error.isEmpty() ? "" : ": " + error);
    }
}
