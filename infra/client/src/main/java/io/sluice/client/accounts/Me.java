package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The account that made a call.
 *
 * @param role such as {@code producer}
 */
public record Me(String username, String role) {
    static Me of(JsonNode body) {
        return new Me(body.path("username").asText(), body.path("role").asText());
    }
}
