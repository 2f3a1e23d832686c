package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A user as the gateway describes it.
 *
 * @param role such as {@code producer}
 * @param disabled whether the user cannot sign in
 * @param createdAt a time, ISO 8601
 */
public record User(String username, String role, boolean disabled, String createdAt) {
    static User of(JsonNode body) {
        return new User(
                body.path("username").asText(),
                body.path("role").asText(),
                body.path("disabled").asBoolean(),
                body.path("created_at").asText());
    }
}
