package io.sluice.embedder.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.sluice.web.problem.Problem;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;

/** Answers 503 to requests that arrive or still wait while the embedder stops, so that the caller sends them again. */
@Singleton
final class StoppingHandler implements ExceptionHandler<RejectedExecutionException, HttpResponse<Problem>> {
    @Override
    public HttpResponse<Problem> handle(
            @SuppressWarnings("rawtypes") HttpRequest request, // the interface has it raw
            RejectedExecutionException thrown) {
        var response = EmbedderRefusals.problem(HttpStatus.SERVICE_UNAVAILABLE, "the embedder is stopping")
                .toResponse();
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return response;
    }
}
