package io.sluice.gateway.access.login;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.sluice.gateway.access.Accounts;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Shows callers their own account. */
@Controller("/api/v1/me")
@Tag(name = "accounts")
@ProblemResponses
final class MeController {
    /**
     * The account of the caller.
     *
     * @param username the name of the user or of the API key
     * @param role {@code admin}, {@code producer} or {@code user}
     */
    @Schema(name = "Me")
    record Me(String username, String role, Face face) {}

    /**
     * What the account has enrolled of its face.
     *
     * @param enrolled always false so far
     */
    @Schema(name = "EnrolledFace")
    record Face(boolean enrolled) {}

    /** Shows the account of the caller's token. */
    @Get
    @Operation(operationId = "getMe", summary = "Get your own account")
    @ApiResponse(
            responseCode = "200",
            description = "the account",
            content = @Content(schema = @Schema(implementation = Me.class)))
    Me me(HttpRequest<?> request) {
        var caller = Principal.of(request);
        var role = caller.role();
        if (role == null) {
            throw Accounts.unauthenticated("Sign in first, with POST /api/login.");
        }
        return new Me(caller.name(), role.title(), new Face(false));
    }
}
