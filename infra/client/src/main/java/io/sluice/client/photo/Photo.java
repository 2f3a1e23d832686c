package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A photo as the gateway describes it.
 *
 * @param takenAt when it was taken, ISO 8601; empty when that is not known
 * @param uploadedAt ISO 8601
 * @param width of the upright photo, in pixels; 0 until it is prepared
 * @param height of the upright photo, in pixels; 0 until it is prepared
 * @param faces how many faces were found
 * @param mine whether the caller owns it
 */
public record Photo(
        String id,
        String fileName,
        String owner,
        PhotoStatus status,
        String takenAt,
        String uploadedAt,
        int width,
        int height,
        int faces,
        boolean mine) {
    static Photo of(JsonNode body) {
        return new Photo(
                body.path("photo_id").asText(),
                body.path("file_name").asText(),
                body.path("owner").asText(),
                PhotoStatus.of(body),
                body.path("taken_at").asText(""),
                body.path("uploaded_at").asText(),
                body.path("width").asInt(),
                body.path("height").asInt(),
                body.path("faces").asInt(),
                body.path("mine").asBoolean());
    }
}
