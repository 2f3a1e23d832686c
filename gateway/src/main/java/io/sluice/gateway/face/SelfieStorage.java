package io.sluice.gateway.face;

import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import jakarta.inject.Singleton;

/** Stores selfies. The key of an object ends in a random part, so that no other enrolment names the same object. */
@Singleton
final class SelfieStorage {
    private final ObjectShelf shelf;
    private final JobIds ids;

    SelfieStorage(ObjectShelf shelf, JobIds ids) {
        this.shelf = shelf;
        this.ids = ids;
    }

    /** Stores the picture, and returns its place in the object store. */
    StoredObject store(String userId, UploadedImage picture) {
        var sha256 = Sha256.of(picture.bytes());
        var key = ObjectKey.SELFIES + userId + "/" + sha256 + "-" + ids.next();
        return shelf.store(key, sha256, picture.mediaType(), picture.bytes());
    }
}
