package io.sluice.web.problem;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Makes problem details of everything the HTTP server refuses by itself. The server's own words are not passed on. */
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
