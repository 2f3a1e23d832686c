package io.sluice.embedder.photo;

import io.sluice.embedder.NewerVersions;
import io.sluice.runtime.Received;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which photos were deleted or replaced after their record was written. No event will name the pictures of such
 * a photo, and an earlier attempt may have stored some of them. So its original is noted to be removed, and the pictures
 * go with it.
 *
 * <p>When Postgres does not answer, no photo is taken to be old.
 */
final class OldPhotos {
    private static final Logger LOG = LoggerFactory.getLogger(OldPhotos.class);

    private final NewerVersions<PhotoSaved> newer;
    private final Consumer<List<ObjectKey>> toRemove;

    /** @param toRemove notes those of these originals to remove that no photo names */
    OldPhotos(NewerVersions<PhotoSaved> newer, Consumer<List<ObjectKey>> toRemove) {
        this.newer = newer;
        this.toRemove = toRemove;
    }

    /** {@return whether a record of the batch is out of turn, and its photo is old} */
    Predicate<Received<PhotoSaved>> overtaken(List<Received<PhotoSaved>> batch) {
        return noted(batch, newer.overtake(batch));
    }

    /** {@return whether the photo of one of these records is old} */
    Predicate<Received<PhotoSaved>> among(List<Received<PhotoSaved>> records) {
        return noted(records, newer.areOlder(records));
    }

    private Predicate<Received<PhotoSaved>> noted(
            List<Received<PhotoSaved>> records, Predicate<Received<PhotoSaved>> isOld) {
        var originals = records.stream()
                .filter(isOld)
                .map(Received::event)
                .filter(Objects::nonNull)
                .map(photo -> ObjectKey.of(photo.object()))
                .toList();
        try {
            toRemove.accept(originals);
            return isOld;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("photos", originals.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("the pictures of old photos cannot be noted to be removed; the photos are handled again");
            return record -> false;
        }
    }
}
