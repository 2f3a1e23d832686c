package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.Problem;
import io.sluice.client.http.UnexpectedAnswerException;

/** What the gateway answered to one file of an upload. */
public sealed interface UploadedPhoto {
    /** {@return the name of the file, as the gateway keeps it} */
    String fileName();

    /** The gateway has stored the photo. Its job reports the outcome. */
    record Queued(String photoId, String jobId, String fileName) implements UploadedPhoto {}

    /** The caller has uploaded the same bytes before. */
    record Duplicate(String photoId, String fileName) implements UploadedPhoto {}

    /**
     * The gateway did not accept the file.
     *
     * @param reason for a person
     * @param isRetryable whether the same file may be accepted later
     */
    record Rejected(String fileName, String reason, boolean isRetryable) implements UploadedPhoto {}

    static UploadedPhoto of(JsonNode answer) {
        var photoId = answer.path("photo_id").asText();
        var fileName = answer.path("file_name").asText();
        return switch (answer.path("status").asText()) {
            case "queued" -> new Queued(photoId, answer.path("job_id").asText(), fileName);
            case "duplicate" -> new Duplicate(photoId, fileName);
            case "rejected" ->
                new Rejected(
                        fileName,
                        reason(answer.path("error")),
                        answer.path("error").path("retryable").asBoolean());
            default -> throw new UnexpectedAnswerException("of an upload", answer);
        };
    }

    /** The fields of the error would name the part of the form, which a person who uploads files does not know. */
    private static String reason(JsonNode error) {
        var message =
                error.isTextual() ? error.textValue() : error.path("message").asText();
        return message.isEmpty() ? Problem.of(0, error).reason() : message;
    }
}
