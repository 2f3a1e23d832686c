package io.sluice.gateway.face;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.runtime.FacesConfig;
import io.sluice.stores.accounts.ErasedItems;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.OwnerRemains;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Deletes the face of a deleted user. It ends when the rekognizer has deleted the enrolment, the provider has no face
 * of the user's selfies, and the object store has no selfie. While faces are off, no rekognizer runs: then the
 * deletion waits for it in Kafka, and the erasure goes on. A selfie that comes after the deletion is deleted too.
 */
@Singleton
final class FaceErasure implements OwnedData {
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final FaceEvents events;
    private final FaceEnrolments enrolments;
    private final OwnerRemains remains;
    private final FacesConfig faces;
    /** The versions of the deletions that this gateway wrote, by user. */
    private final Cache<String, Long> deletions =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    FaceErasure(FaceEvents events, FaceEnrolments enrolments, OwnerRemains remains, FacesConfig faces) {
        this.events = events;
        this.enrolments = enrolments;
        this.remains = remains;
        this.faces = faces;
    }

    @Override
    public String stage() {
        return faces.areOn() ? "face-erased" : "face-deletion-noted";
    }

    @Override
    public String counted() {
        return "selfies";
    }

    @Override
    public boolean erase(String owner, ErasedItems items) {
        var deletion = deletions.getIfPresent(owner);
        if (deletion == null || isEnrolledSince(owner, deletion)) {
            deletion = delete(owner, items);
            deletions.put(owner, deletion);
        }
        return !faces.areOn() || isGone(owner, deletion);
    }

    /** A gateway may have crashed before it found that the owner of a selfie, which came last, was deleted. */
    private boolean isEnrolledSince(String owner, long version) {
        return enrolments
                .find(owner)
                .filter(known -> known.enrolment() != null && known.version() > version)
                .isPresent();
    }

    /** {@return the version of the deletion} */
    private long delete(String owner, ErasedItems items) {
        var selfies = enrolments
                .find(owner)
                .filter(known -> known.enrolment() != null)
                .map(known -> String.valueOf(known.version()));
        items.add(selfies.stream().toList());
        return events.delete(owner).version();
    }

    private boolean isGone(String owner, long version) {
        var isDeleted = enrolments
                .find(owner)
                .filter(known -> known.deletedAt() != null && known.version() >= version)
                .isPresent();
        return isDeleted && remains.facesOfUser(owner, version) == 0 && remains.objects(owner) == 0;
    }
}
