package io.sluice.gateway.photo.upload;

import io.sluice.gateway.erasure.ErasedOwners;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Looks, after an upload, whether its owner was deleted meanwhile. The erasure of the owner may have missed the photos of
 * this upload, so they are deleted here.
 */
@Singleton
final class OwnerCheck {
    private final ErasedOwners erased;
    private final PhotoEvents events;

    OwnerCheck(ErasedOwners erased, PhotoEvents events) {
        this.erased = erased;
        this.events = events;
    }

    /** @throws ProblemException when the owner was deleted; the photos of the upload are deleted then */
    void after(String owner, List<UploadAnswer> answers) {
        var queued = answers.stream().filter(UploadAnswer::isQueued).toList();
        if (queued.isEmpty() || !erased.contain(owner)) {
            return;
        }
        for (var photo : queued) {
            Intake.await(events.delete(String.valueOf(photo.photoId()), owner))
                    .outcome()
                    .cancel(false);
        }
        throw new ProblemException(GatewayProblem.UNAUTHENTICATED, "Your account was deleted during the upload.");
    }
}
