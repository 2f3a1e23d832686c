package io.sluice.rekognizer.photo;

import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.index.ImageIndexer;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.objects.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Finds the faces of a photo in its preview, and whose they are. */
final class PreviewFaces {
    /** Rekognition takes no more in a request; a preview has less. */
    private static final long MOST_BYTES = 5_242_880;
    /** Rekognition takes no picture with a shorter side. */
    static final int SHORTEST_SIDE = 80;

    private static final int LONGEST_SIDE = 1_920;

    private final ObjectStore objects;
    private final ImageIndexer indexer;
    private final FaceSearcher searcher;
    private final FaceForgetter forgetter;
    private final FaceService service;

    PreviewFaces(
            ObjectStore objects,
            ImageIndexer indexer,
            FaceSearcher searcher,
            FaceForgetter forgetter,
            FaceService service) {
        this.objects = objects;
        this.indexer = indexer;
        this.searcher = searcher;
        this.forgetter = forgetter;
        this.service = service;
    }

    /** {@return the faces; empty when there is a newer version of the photo} */
    Optional<PhotoFaces> of(PreparedPhoto photo, long version) {
        var id = photo.photo().photoId();
        var owner = photo.photo().owner();
        var holder = ImageHolder.photo(id);
        if (isTooSmall(photo)) {
            return forgetter.forget(holder, version)
                    ? Optional.of(new PhotoFaces(id, owner, service.modelVersion(), List.of()))
                    : Optional.empty();
        }
        var preview = photo.preview();
        var found = indexer.index(holder, version, preview.sha256(), () -> objects.get(preview, MOST_BYTES));
        found.ifPresent(searcher::search);
        return found.map(kept -> new PhotoFaces(id, owner, kept.modelVersion(), kept.faces()));
    }

    /** A very long or very small picture is refused by Rekognition, and no face in it could be used. */
    private static boolean isTooSmall(PreparedPhoto photo) {
        var longer = Math.max(photo.width(), photo.height());
        var shorter = Math.min(photo.width(), photo.height());
        var inPreview = longer <= LONGEST_SIDE ? shorter : Math.round((double) shorter * LONGEST_SIDE / longer);
        return inPreview < SHORTEST_SIDE;
    }
}
