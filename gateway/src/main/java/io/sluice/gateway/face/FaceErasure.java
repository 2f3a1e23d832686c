package io.sluice.gateway.face;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.runtime.FacesConfig;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.OwnerRemains;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * Deletes the face of a deleted user. It ends when the rekognizer has deleted the enrolment, the provider has no face
 * of the user's selfies, and the object store has no selfie. While faces are off, no rekognizer runs: then the
 * deletion waits for it in Kafka, and the erasure goes on.
 */
@Singleton
final class FaceErasure implements OwnedData {
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final FaceEvents events;
    private final FaceEnrolments enrolments;
    private final OwnerRemains remains;
    private final FacesConfig faces;
    private final Cache<String, Run> runs =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    FaceErasure(FaceEvents events, FaceEnrolments enrolments, OwnerRemains remains, FacesConfig faces) {
        this.events = events;
        this.enrolments = enrolments;
        this.remains = remains;
        this.faces = faces;
    }

    /**
     * What this gateway knows of an erasure.
     *
     * @param version of the deletion
     * @param selfies how many selfies the user was enrolled with
     */
    private record Run(long version, long selfies) {}

    @Override
    public String stage() {
        return faces.areOn() ? "face-erased" : "face-deletion-noted";
    }

    @Override
    public Progress erase(String owner) {
        var run = runs.get(owner, this::begin);
        var isComplete = !faces.areOn() || isGone(owner, run.version());
        return new Progress(isComplete, Map.of("selfies", run.selfies()));
    }

    private Run begin(String owner) {
        var selfies = enrolments.find(owner).filter(known -> known.enrolment() != null).stream()
                .count();
        return new Run(events.delete(owner).version(), selfies);
    }

    private boolean isGone(String owner, long version) {
        var isDeleted = enrolments
                .find(owner)
                .filter(known -> known.deletedAt() != null && known.version() >= version)
                .isPresent();
        return isDeleted && remains.facesOfUser(owner, version) == 0 && remains.objects(owner) == 0;
    }
}
