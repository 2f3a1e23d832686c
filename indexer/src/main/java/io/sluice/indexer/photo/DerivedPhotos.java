package io.sluice.indexer.photo;

import io.sluice.runtime.Outcome.Emission;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.photo.PhotoRow;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A topic that is derived from photos, and what the ledger has of its records.
 *
 * @param versionOf the version of the photo that the ledger has the topic's record of; -1 when it has none
 * @param valueOf the topic's record of the newest upload, as the ledger has it; empty while it is still to come
 */
record DerivedPhotos<E extends Event>(
        Topic<E> topic, ToLongFunction<PhotoRow> versionOf, Function<PhotoRow, Optional<E>> valueOf) {
    static final DerivedPhotos<PreparedPhoto> PREPARED =
            new DerivedPhotos<>(Topics.PREPARED_PHOTOS, PhotoRow::version, PhotoRow::preparedPhoto);
    static final DerivedPhotos<PhotoFaces> FACES =
            new DerivedPhotos<>(Topics.PHOTO_FACES, DerivedPhotos::versionOfFaces, DerivedPhotos::faces);

    /** {@return the version of the photo that the ledger has the topic's record of} */
    long version(PhotoRow row) {
        return versionOf.applyAsLong(row);
    }

    /** {@return the record of what the row has; empty while the newest upload has none, because it will come} */
    Optional<Emission<E>> newest(PhotoRow row) {
        return row.deletedAt() != null
                ? Optional.of(new Emission<>(topic, row.photoId(), null, row.version()))
                : valueOf.apply(row).map(value -> new Emission<>(topic, row.photoId(), value, row.version()));
    }

    /** A deleted photo has a tombstone on the topic. */
    private static long versionOfFaces(PhotoRow row) {
        var faces = row.faces();
        var found = faces == null ? -1 : faces.version();
        return row.deletedAt() == null ? found : Math.max(found, row.version());
    }

    private static Optional<PhotoFaces> faces(PhotoRow row) {
        var upload = row.upload();
        var faces = row.faces();
        return upload == null || faces == null || !row.isRecognized()
                ? Optional.empty()
                : Optional.of(
                        new PhotoFaces(row.photoId(), upload.photo().owner(), faces.modelVersion(), faces.found()));
    }
}
