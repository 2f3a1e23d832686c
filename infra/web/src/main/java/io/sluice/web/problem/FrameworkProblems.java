package io.sluice.web.problem;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/**
 * Turns every refusal by the HTTP server itself into problem details. The message of the server is not shown to the
 * caller.
 */
@Singleton
@Requires(beans = ServerRefusals.class)
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {
    private final ServerRefusals refusals;

    FrameworkProblems(ServerRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        return refusals.of(response.status(), context.getRootCause().orElse(null))
                .fill(response);
    }
}
