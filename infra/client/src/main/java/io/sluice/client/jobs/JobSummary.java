package io.sluice.client.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.job.JobStatus;

/**
 * A job in a list.
 *
 * @param subject the entity that it is about; empty when there is none
 * @param nextAttemptAt when a retrying job is tried again, ISO 8601; empty when that is not known
 * @param error {@code CODE: message}; empty when nothing went wrong
 */
public record JobSummary(
        String id,
        String kind,
        JobStatus status,
        String subject,
        String createdAt,
        String nextAttemptAt,
        String error) {
    static JobSummary of(JsonNode body) {
        return new JobSummary(
                body.path("job_id").asText(),
                body.path("kind").asText(),
                JobState.statusOf(body, "a job"),
                body.path("subject").asText(),
                body.path("created_at").asText(),
                body.path("next_attempt_at").asText(),
                JobState.errorOf(body));
    }
}
