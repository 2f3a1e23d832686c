package io.sluice.schemas.wire;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;

/**
 * A claim check: a reference to bytes in the object store that are too large for a topic.
 *
 * @param bucket bucket of the object store
 * @param key key of the object in the bucket
 * @param sha256 SHA-256 of the bytes, 64 lower-case hex digits
 * @param contentType media type, detected from the bytes
 * @param size in bytes
 */
public record StoredObject(String bucket, String key, String sha256, String contentType, long size) {
    private static final int MAX_KEY = 1024;
    private static final int MAX_NAME = 255;

    public StoredObject {
        Checks.text("bucket", bucket, MAX_NAME);
        Checks.text("key", key, MAX_KEY);
        Checks.text("content_type", contentType, MAX_NAME);
        if (!Sha256.isOne(Checks.required("sha256", sha256))) {
            throw new InvalidEventException("sha256", "must be 64 lower-case hex digits");
        }
        if (size < 0) {
            throw new InvalidEventException("size", "must not be negative");
        }
    }
}
