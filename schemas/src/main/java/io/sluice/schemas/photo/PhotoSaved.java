package io.sluice.schemas.photo;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.StoredObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A photo as its owner uploaded it. It replaces everything that was known under its id.
 *
 * @param photoId at most {@value #MAX_ID} characters; see {@link PhotoIds}
 * @param owner id of the account that uploaded it, at most {@value #MAX_OWNER} characters
 * @param fileName what the owner called the file, for showing only; at most {@value #MAX_FILE_NAME} characters
 * @param object the file, stored before this event is written. No other photo names the same object
 * @param takenAt when the sender knows it better than the file does; null: the file tells
 */
public record PhotoSaved(
        String photoId,
        String owner,
        String fileName,
        StoredObject object,
        @Nullable Instant takenAt) implements EntityEvent {
    public static final int MAX_ID = 255;
    public static final int MAX_OWNER = 255;
    public static final int MAX_FILE_NAME = 255;

    public PhotoSaved {
        Checks.text("photo_id", photoId, MAX_ID);
        Checks.text("owner", owner, MAX_OWNER);
        Checks.text("file_name", fileName, MAX_FILE_NAME);
        Checks.required("object", object);
    }

    @Override
    public String key() {
        return photoId;
    }
}
