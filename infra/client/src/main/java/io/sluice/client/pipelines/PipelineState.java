package io.sluice.client.pipelines;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A pipeline as the gateway describes it.
 *
 * @param status {@code running}, {@code waiting}, {@code paused}, {@code suspended} or {@code stalled}
 * @param by who paused it; empty when it is not paused
 * @param reason why it does not work; empty while it runs
 * @param since a time, ISO 8601; empty while it runs
 * @param deadLetters its open dead letters; -1 while the gateway does not know
 */
public record PipelineState(
        String name,
        String status,
        String by,
        String reason,
        String since,
        long lag,
        double ratePerS,
        long retrying,
        long deadLetters,
        int instances) {
    static PipelineState of(JsonNode body) {
        return new PipelineState(
                body.path("name").asText(),
                body.path("status").asText(),
                body.path("by").asText(),
                body.path("reason").asText(),
                body.path("since").asText(),
                body.path("lag").asLong(),
                body.path("rate_per_s").asDouble(),
                body.path("retrying").asLong(),
                body.path("dead_letters").asLong(-1),
                body.path("instances").asInt());
    }
}
