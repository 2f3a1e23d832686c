package io.sluice.embedder.photo;

import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.embedder.compute.Lane;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder.Decoding;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.photo.PhotoFacts;
import io.sluice.pictures.photo.Renditions;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.time.Clock;

/**
 * Makes the pictures of one photo and stores them beside it. Their keys follow from the keys and the bytes, so making
 * them again stores nothing new.
 */
final class PhotoRenderer {
    private static final long MOST_BYTES = Limits.ofDefaults().maxBytes();
    private static final String MEDIA_TYPE = "image/jpeg";
    /** Hex digits of the hash in a key; the key of the original is already that of no other photo. */
    private static final int HASH = 16;

    private final ObjectStore objects;
    private final ImageWorkers workers;
    private final Clock clock;

    PhotoRenderer(ObjectStore objects, ImageWorkers workers, Clock clock) {
        this.objects = objects;
        this.workers = workers;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Decoded(PhotoFacts facts, Picture picture, byte[] colorProfile) {}

    /**
     * {@return the photo with its pictures, which are stored; throws the exceptions of the store and of the decoder}
     *
     * <p>The work is in two pieces, so that a query waits for less than all of it.
     */
    PreparedPhoto render(PhotoSaved photo) {
        var decoded =
                workers.decode(objects.get(photo.object(), MOST_BYTES), Renditions.PREVIEW, Lane.PHOTOS, this::decoded);
        var renditions = workers.compute(Lane.PHOTOS, () -> Renditions.of(decoded.picture(), decoded.colorProfile()));
        var facts = decoded.facts();
        return new PreparedPhoto(
                photo,
                stored(photo, "preview", renditions.preview()),
                stored(photo, "thumbnail", renditions.thumbnail()),
                facts.width(),
                facts.height(),
                photo.takenAt() == null ? facts.takenAt() : photo.takenAt());
    }

    private Decoded decoded(Decoding decoding) {
        var image = decoding.image();
        return new Decoded(
                PhotoFacts.of(image, clock.instant()),
                decoding.picture(),
                image.still().colorProfile());
    }

    private StoredObject stored(PhotoSaved photo, String rendition, byte[] bytes) {
        var key = photo.object().key() + "." + rendition + "-";
        return objects.put(sha256 -> key + sha256.substring(0, HASH), bytes, MEDIA_TYPE);
    }
}
