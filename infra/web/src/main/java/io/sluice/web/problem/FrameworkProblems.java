package io.sluice.web.problem;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
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
        var status = statusOf(context.getRequest(), response.status());
        return refusals.of(status, context.getRootCause().orElse(null)).fill(response.status(status));
    }

    /** Micronaut calls a URL or headers that are too long a body that is too large. */
    private static HttpStatus statusOf(HttpRequest<?> request, HttpStatus status) {
        if (status != HttpStatus.REQUEST_ENTITY_TOO_LARGE || !(request instanceof NettyHttpRequest<?> netty)) {
            return status;
        }
        return switch (netty.getNativeRequest().decoderResult().cause()) {
            case TooLongHttpLineException _ -> HttpStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case null, default -> status;
        };
    }
}
