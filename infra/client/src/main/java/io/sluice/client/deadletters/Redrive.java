package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Letters that are sent back. A text that is not known is empty.
 *
 * @param jobId the job that reports what becomes of it
 * @param id the redrive; empty for that of one letter
 * @param matched how many letters are sent back
 */
public record Redrive(String jobId, String id, long matched) {
    static Redrive of(JsonNode body) {
        return new Redrive(
                body.path("job_id").asText(),
                body.path("redrive_id").asText(),
                body.path("matched").asLong(1));
    }
}
