package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to a change of a product that the gateway accepted.
 *
 * @param status {@code queued}, or {@code success} when the change is already searchable
 * @param jobId the job that reports the outcome; empty when there is none
 * @param body the whole answer
 */
public record ProductReceipt(String status, String jobId, JsonNode body) {
    static ProductReceipt of(JsonNode body) {
        return new ProductReceipt(
                body.path("status").asText(), body.path("job_id").asText(), body);
    }
}
