package io.sluice.client.face;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the gateway knows of the caller's face.
 *
 * @param enrolledAt ISO 8601; empty when the caller is not enrolled
 * @param photos in how many photos the caller was found
 */
public record OwnFace(boolean enrolled, String enrolledAt, long photos) {
    static OwnFace of(JsonNode body) {
        return new OwnFace(
                body.path("enrolled").asBoolean(),
                body.path("enrolled_at").asText(""),
                body.path("photos").asLong());
    }
}
