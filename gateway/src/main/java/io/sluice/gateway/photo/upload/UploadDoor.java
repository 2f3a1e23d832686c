package io.sluice.gateway.photo.upload;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.limits.RateLimits;
import io.sluice.gateway.limits.UploadLimit;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/** Admits uploads: so many a minute of each caller, and none while the queue is full. */
@Singleton
final class UploadDoor {
    private final RateLimits limits;
    private final UploadLimit limit;
    private final PhotoQueue queue;

    UploadDoor(RateLimits limits, UploadLimit limit, PhotoQueue queue) {
        this.limits = limits;
        this.limit = limit;
        this.queue = queue;
    }

    /** {@return how many photos wait, as far as this gateway knows without asking the brokers} */
    long waiting() {
        return queue.lastKnown();
    }

    /**
     * Admits an upload, before its body is read.
     *
     * @return gives the upload back to the caller's minute, when the caller was refused for no fault of its own
     * @throws ProblemException when the caller sent too many uploads in the last minute, or the queue is full
     */
    RateLimits.Permit enter(HttpRequest<?> request) {
        var counted =
                limits.take(request, limit.limit().of(Principal.of(request).countedBy()));
        try {
            queue.requirePlace();
            return counted;
        } catch (ProblemException e) {
            counted.giveBack();
            throw e;
        }
    }
}
