package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An API key as the gateway describes it, without its secret.
 *
 * @param role such as {@code producer}
 * @param createdAt a time, ISO 8601
 * @param lastUsedAt a time, ISO 8601; empty when the key was never used
 */
public record ApiKey(String id, String name, String role, String createdAt, String lastUsedAt) {
    static ApiKey of(JsonNode body) {
        return new ApiKey(
                body.path("id").asText(),
                body.path("name").asText(),
                body.path("role").asText(),
                body.path("created_at").asText(),
                body.path("last_used_at").asText(""));
    }
}
