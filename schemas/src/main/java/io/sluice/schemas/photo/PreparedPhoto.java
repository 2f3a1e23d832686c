package io.sluice.schemas.photo;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.wire.StoredObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A photo with the smaller pictures that were made from it. Both are upright, sRGB and without metadata.
 *
 * @param photo what the pictures were made from
 * @param preview at most 1,920 pixels on its longest side
 * @param thumbnail at most 400 pixels on its longest side
 * @param width of the upright original, in pixels
 * @param height of the upright original, in pixels
 * @param takenAt when the photo was taken, as its event says, else as its file says; null when neither does
 */
public record PreparedPhoto(
        PhotoSaved photo,
        StoredObject preview,
        StoredObject thumbnail,
        int width,
        int height,
        @Nullable Instant takenAt)
        implements EntityEvent {
    public PreparedPhoto {
        Checks.required("photo", photo);
        Checks.required("preview", preview);
        Checks.required("thumbnail", thumbnail);
        pixels("width", width);
        pixels("height", height);
    }

    private static void pixels(String field, int length) {
        if (length < 1) {
            throw new InvalidEventException(field, "must be at least 1");
        }
    }

    @Override
    public String key() {
        return photo.photoId();
    }
}
