package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Makes problem details of everything the HTTP server refuses by itself. The server's own words are not passed on. */
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {
    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var status = response.status();
        return response.contentType(Problem.MEDIA_TYPE).body(Problem.of(status, detail(status)));
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
