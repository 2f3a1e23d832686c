package io.sluice.rekognizer.index;

import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.face.FaceResults.Busy;
import io.sluice.stores.face.FaceResults.Gone;
import io.sluice.stores.face.FaceResults.Late;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.face.ImageHolder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the faces of images without a reference, at the provider and then here. The row of an image says
 * that its faces are being removed until they are, so a crash leaves nothing behind.
 */
public final class FaceForgetter {
    private static final Logger LOG = LoggerFactory.getLogger(FaceForgetter.class);
    private static final int PAGE = 100;

    private final FaceResults results;
    private final FaceService service;
    private final Leases leases;

    public FaceForgetter(FaceResults results, FaceService service, Leases leases) {
        this.results = results;
        this.service = service;
        this.leases = leases;
    }

    Leases leases() {
        return leases;
    }

    /**
     * Drops what the holder refers to. Returns when the faces that went with it are gone.
     *
     * @return false when the holder has a newer version
     */
    public boolean forget(ImageHolder holder, long version) {
        var waits = new Waits();
        while (true) {
            switch (results.drop(holder, version)) {
                case Late() -> {
                    return false;
                }
                case Gone() -> {
                    return true;
                }
                case Busy() -> waits.oneMore();
                case Removal removal -> remove(removal);
            }
        }
    }

    /** Does the removals that were not finished, because a process crashed or the provider did not answer. */
    public void finish() {
        var removals = results.takeUnfinished(PAGE);
        var done = 0;
        // the last of them waits for the calls of the others
        try (var _ = leases.hold(removals.stream().map(Removal::token).toList())) {
            for (var removal : removals) {
                done += isRemoved(removal) ? 1 : 0;
            }
        }
        if (!removals.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("images", removals.size())
                    .addKeyValue("done", done)
                    .log("removed faces of images without a reference");
        }
    }

    private boolean isRemoved(Removal removal) {
        try {
            remove(removal);
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("image", removal.sha256())
                    .addKeyValue("reason", e.getMessage())
                    .log("the faces of an image are not removed; it is tried again");
            return false;
        }
    }

    void remove(Removal removal) {
        try (var _ = leases.hold(List.of(removal.token()))) {
            delete(faces(removal));
            results.removed(removal);
        } catch (RuntimeException | Error e) {
            giveUp(removal, e);
            throw e;
        }
    }

    /** Asks the provider for the faces of an image when the table does not have them. */
    private List<String> faces(Removal removal) {
        var known = removal.faceIds();
        return known == null ? service.facesOf(removal.sha256()) : known;
    }

    private void delete(List<String> faceIds) {
        if (!faceIds.isEmpty() && !service.delete(faceIds).containsAll(faceIds)) {
            throw new FaceServiceException(new Retryable(
                    RekognizerFailure.REKOGNITION_REJECTED, "Rekognition did not delete all faces", Scope.RECORD));
        }
    }

    private void giveUp(Removal removal, Throwable why) {
        try {
            results.giveUp(removal);
        } catch (RuntimeException e) {
            why.addSuppressed(e); // the lease runs out
        }
    }
}
