package io.sluice.embedder.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers requests of which an item cannot be embedded. */
@Singleton
final class ProblemHandler implements ExceptionHandler<ItemRefusedException, HttpResponse<Problem>> {
    @Override
    public HttpResponse<Problem> handle(
            @SuppressWarnings("rawtypes") HttpRequest request, // the interface has it raw
            ItemRefusedException thrown) {
        var problem = thrown.problem();
        return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
                .contentType(Problem.MEDIA_TYPE)
                .body(problem);
    }
}
