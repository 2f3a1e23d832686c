package io.sluice.gateway.face;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.limits.RateLimits;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.FacesConfig;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/** Admits calls that change a face: none while faces are off, and so many a minute of each caller. */
@Singleton
final class FaceDoor {
    private static final String OFF =
            "This deployment does not look for faces. An operator turns them on with SLUICE_FACES=on.";

    private final FacesConfig faces;
    private final RateLimits limits;
    private final FaceLimit limit;

    FaceDoor(FacesConfig faces, RateLimits limits, FaceLimit limit) {
        this.faces = faces;
        this.limits = limits;
        this.limit = limit;
    }

    /**
     * Admits a call, before its body is read.
     *
     * @throws ProblemException when faces are off, or the caller made too many calls in the last minute
     */
    void enter(HttpRequest<?> request) {
        if (!faces.areOn()) {
            throw new ProblemException(GatewayProblem.FACES_OFF, OFF);
        }
        var _ = limits.take(request, limit.limit().of(Principal.of(request).countedBy()));
    }
}
