package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a change of a product was taken in.
 *
 * @param status {@code queued}, or {@code success} when it is done already
 * @param jobId tells the rest; empty when there is none
 * @param body all that the gateway said
 */
public record ProductReceipt(String status, String jobId, JsonNode body) {
    static ProductReceipt of(JsonNode body) {
        return new ProductReceipt(
                body.path("status").asText(), body.path("job_id").asText(), body);
    }
}
