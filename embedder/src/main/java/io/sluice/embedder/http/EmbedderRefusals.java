package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ServerRefusals;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Chooses the problem for a request that the embedder's HTTP server itself refuses. */
@Singleton
final class EmbedderRefusals implements ServerRefusals {
    @Override
    public Problem of(HttpStatus status, @Nullable Throwable cause) {
        return problem(status, detail(status));
    }

    /** {@return a problem whose code and title are those of the status} */
    static Problem problem(HttpStatus status, String detail) {
        return Problem.of(status, status.getReason(), status.name(), detail);
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "the body must be JSON: {\"texts\": [...], \"images\": [base64, ...]}";
            case NOT_FOUND, METHOD_NOT_ALLOWED -> "the calls are POST /embed and GET /model";
            case UNSUPPORTED_MEDIA_TYPE -> "the body must be application/json";
            case REQUEST_ENTITY_TOO_LARGE -> "the body is too large";
            default -> status.getReason();
        };
    }
}
