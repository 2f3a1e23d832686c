package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A page of photos that are recognized again.
 *
 * @param faces how many enrolled faces are enrolled again, with the first page
 * @param next the {@code after} of the next page; empty on the last page
 */
public record PhotosSent(long photos, long faces, String next) {
    static PhotosSent of(JsonNode body) {
        return new PhotosSent(
                body.path("photos").asLong(),
                body.path("faces").asLong(),
                body.path("next").asText(""));
    }
}
