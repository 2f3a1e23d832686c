package io.sluice.gateway.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ServerRefusals;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Chooses the problem for a request that the gateway's HTTP server itself refuses. */
@Singleton
final class GatewayRefusals implements ServerRefusals {
    @Override
    public Problem of(HttpStatus status, @Nullable Throwable cause) {
        return cause instanceof UnsupportedMediaException refused
                ? Problem.of(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "This call takes " + String.join(" or ", new TreeSet<>(refused.getAcceptableContentTypes()))
                                + ".")
                : problem(status);
    }

    static Problem problem(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> Problem.of(WebProblem.MALFORMED_REQUEST, "This call cannot read the request.");
            case NOT_FOUND ->
                Problem.of(
                        WebProblem.ROUTE_NOT_FOUND, "The calls are described at /docs and, for programs, at /openapi.");
            case METHOD_NOT_ALLOWED ->
                Problem.of(WebProblem.METHOD_NOT_ALLOWED, "The Allow header lists the methods of this path.");
            case NOT_ACCEPTABLE ->
                Problem.of(
                        WebProblem.NOT_ACCEPTABLE,
                        "Answers are application/json; a job's events are text/event-stream.");
            case REQUEST_ENTITY_TOO_LARGE ->
                Problem.of(WebProblem.BODY_TOO_LARGE, "The body is larger than any call accepts.");
            case REQUEST_URI_TOO_LONG ->
                refused(status, "A URL may have about 4,000 characters. Send a long query to POST /api/v1/search.");
            case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                refused(status, "The headers may have about 8,000 characters together.");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(WebProblem.UNSUPPORTED_MEDIA_TYPE, "This call does not take this Content-Type.");
            default -> {
                var isServerError = status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode();
                var code = isServerError ? WebProblem.INTERNAL_ERROR : WebProblem.REQUEST_REFUSED;
                yield Problem.of(status, code.title(), code.name(), status.getReason());
            }
        };
    }

    private static Problem refused(HttpStatus status, String detail) {
        return Problem.of(status, status.getReason(), WebProblem.REQUEST_REFUSED.name(), detail);
    }
}
