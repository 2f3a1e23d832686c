package io.sluice.gateway.photo;

import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.FacesConfig;
import io.sluice.stores.face.OwnerRemains;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;

/** Finds out whether anything is left of photos that were deleted. */
@Singleton
final class PhotoRemains {
    private final PhotoLedger ledger;
    private final OwnerRemains remains;
    private final FacesConfig faces;

    PhotoRemains(PhotoLedger ledger, OwnerRemains remains, FacesConfig faces) {
        this.ledger = ledger;
        this.remains = remains;
        this.faces = faces;
    }

    /**
     * {@return whether the ledger has none of these photos, and the object store none of their owner's files. While faces
     * are on, the provider must have none of their faces either}
     */
    boolean areGone(String owner, Collection<String> photoIds) {
        return remains.photos(photoIds) == 0
                && remains.objects(owner) == 0
                && (!faces.areOn() || remains.facesOfPhotos(versions(photoIds)) == 0);
    }

    private Map<String, Long> versions(Collection<String> photoIds) {
        return ledger.find(photoIds).values().stream().collect(toMap(PhotoRow::photoId, PhotoRow::version));
    }
}
