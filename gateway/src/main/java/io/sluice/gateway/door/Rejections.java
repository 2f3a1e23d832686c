package io.sluice.gateway.door;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.Problem;
import jakarta.inject.Singleton;

/** Answers a request that {@link AccessRule} rejects: 401 for callers without an account, 403 for accounts. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class Rejections implements ExceptionHandler<AuthorizationException, HttpResponse<Problem>> {
    @Override
    public HttpResponse<Problem> handle(
            @SuppressWarnings("rawtypes") HttpRequest request, AuthorizationException rejected) {
        return problem(rejected.isForbidden()).toResponse();
    }

    private static Problem problem(boolean isForbidden) {
        return isForbidden
                ? Problem.of(GatewayProblem.FORBIDDEN, "The role of your account does not permit this call.")
                : Problem.of(
                        GatewayProblem.UNAUTHENTICATED,
                        "Send a token or an API key as Authorization: Bearer; POST /api/login gives a token.");
    }
}
