package io.sluice.schemas.product;

import io.sluice.schemas.Checks;
import io.sluice.schemas.InvalidEventException;
import io.sluice.schemas.wire.Sha256;

/**
 * A claim check: where bytes that do not travel in a topic are kept.
 *
 * @param bucket bucket of the object store
 * @param key object key inside it
 * @param sha256 of the bytes, 64 lower-case hex digits
 * @param contentType media type found by looking at the bytes
 * @param size in bytes
 */
public record StoredObject(String bucket, String key, String sha256, String contentType, long size) {
    private static final int MAX_KEY = 1024;
    private static final int MAX_NAME = 255;

    public StoredObject {
        Checks.text("image.bucket", bucket, MAX_NAME);
        Checks.text("image.key", key, MAX_KEY);
        Checks.text("image.content_type", contentType, MAX_NAME);
        if (!Sha256.isOne(Checks.required("image.sha256", sha256))) {
            throw new InvalidEventException("image.sha256", "must be 64 lower-case hex digits");
        }
        if (size < 0) {
            throw new InvalidEventException("image.size", "must not be negative");
        }
    }
}
