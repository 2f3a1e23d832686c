package io.sluice.web.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a {@link ProblemException} into an HTTP answer. */
@Singleton
final class ProblemHandler implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public HttpResponse<Problem> handle(@SuppressWarnings("rawtypes") HttpRequest request, ProblemException thrown) {
        var problem = thrown.problem();
        if (problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            LOG.atWarn()
                    .addKeyValue("code", problem.code())
                    .addKeyValue("method", request.getMethodName())
                    .setCause(thrown.getCause())
                    .log("request refused");
        }
        var response = problem.toResponse();
        thrown.retryAfter()
                .ifPresent(after -> response.header(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds())));
        return response;
    }
}
