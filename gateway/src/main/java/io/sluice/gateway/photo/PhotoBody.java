package io.sluice.gateway.photo;

import io.sluice.gateway.principal.Principal;
import io.sluice.stores.photo.ShownPhoto;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A photo as callers see it.
 *
 * @param owner id of the account that uploaded it
 * @param status {@code failed} when the preview and the thumbnail could not be made, or the faces could not be found
 * @param takenAt when the picture was taken, as the camera noted it; left out when that is not known
 * @param uploadedAt when the photo was accepted
 * @param width of the upright picture, in pixels; left out until the photo is prepared
 * @param height of the upright picture, in pixels; left out until the photo is prepared
 * @param faces number of faces that were found in it; 0 until it is recognized
 * @param mine whether the caller uploaded it; if not, the caller was found in it, or is an admin
 * @param contentUrl path of the photo as it was sent
 * @param previewUrl path of the preview: longest side 1,920 pixels, upright; 404 until the photo is prepared
 * @param thumbnailUrl path of the thumbnail: longest side 400 pixels, upright; 404 until the photo is prepared
 */
@Schema(name = "Photo")
public record PhotoBody(
        String photoId,
        String fileName,
        String owner,

        @Schema(
                type = "string",
                allowableValues = {"queued", "prepared", "recognized", "failed"})
        String status,

        @Nullable Instant takenAt,
        Instant uploadedAt,
        @Nullable Integer width,
        @Nullable Integer height,
        int faces,
        boolean mine,
        String contentUrl,
        String previewUrl,
        String thumbnailUrl) {
    /** {@return the photo as this caller sees it} */
    public static PhotoBody of(ShownPhoto photo, Principal caller) {
        var path = "/api/v1/photos/" + photo.photoId();
        return new PhotoBody(
                photo.photoId(),
                photo.fileName(),
                photo.owner(),
                photo.status().wireName(),
                photo.takenAt(),
                photo.uploadedAt(),
                photo.width(),
                photo.height(),
                photo.faces(),
                photo.owner().equals(caller.owner()),
                path + "/content",
                path + "/preview",
                path + "/thumbnail");
    }
}
