package io.sluice.gateway.photo.upload;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/**
 * Checks photos and stores them. The key of an object ends in a random part, so that deleting a photo never removes the
 * object of the same bytes that were sent again.
 */
@Singleton
final class PhotoStorage {
    private final ImageGuard guard;
    private final ObjectShelf shelf;
    private final JobIds ids;

    PhotoStorage(ImageGuard guard, ObjectShelf shelf, JobIds ids) {
        this.guard = guard;
        this.shelf = shelf;
        this.ids = ids;
    }

    /**
     * {@return the picture in the bytes}
     *
     * @throws ProblemException when it is refused
     */
    UploadedImage check(byte[] bytes) {
        return guard.check(UploadForm.FILES, bytes, new FieldErrors()).orElseThrow();
    }

    /** Stores the picture, whose hash is known, and returns its place in the object store. */
    StoredObject store(String owner, String sha256, UploadedImage picture) {
        var key = ObjectKey.PHOTOS + owner + "/" + sha256 + "-" + ids.next();
        return shelf.store(key, sha256, picture.mediaType(), picture.bytes());
    }
}
