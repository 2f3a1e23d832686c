package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A page of photos that are recognized again.
 *
 * @param next the {@code after} of the next page; empty on the last page
 */
public record PhotosSent(long photos, String next) {
    static PhotosSent of(JsonNode body) {
        return new PhotosSent(body.path("photos").asLong(), body.path("next").asText(""));
    }
}
