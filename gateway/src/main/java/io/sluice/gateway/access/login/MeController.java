package io.sluice.gateway.access.login;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.access.Accounts;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.postgres.OptionalAnswers;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows callers their own account. */
@Controller("/api/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
@ProblemResponses
final class MeController {
    /**
     * The account of the caller.
     *
     * @param username the name of the user or of the API key
     * @param role {@code admin}, {@code producer} or {@code user}
     * @param face left out while Postgres is away
     */
    @Schema(name = "Me")
    record Me(String username, String role, @Nullable Face face) {}

    /**
     * What the account has enrolled of its face.
     *
     * @param enrolled whether the account is found in photos
     * @param enrolledAt left out when it is not enrolled
     */
    @Schema(name = "EnrolledFace")
    record Face(boolean enrolled, @Nullable Instant enrolledAt) {}

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final FaceEnrolments enrolments;
    private final OptionalAnswers postgres;

    MeController(FaceEnrolments enrolments, Clock clock) {
        this.enrolments = enrolments;
        this.postgres = new OptionalAnswers("own-face", "accounts are shown without their face", clock);
    }

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
        return new Me(caller.name(), role.title(), face(caller.id()));
    }

    private @Nullable Face face(String userId) {
        return postgres.askWithin(
                        LONGEST_WAIT,
                        () -> enrolments
                                .find(userId)
                                .map(FaceEnrolments.Known::enrolledAt)
                                .map(at -> new Face(true, at))
                                .orElse(new Face(false, null)))
                .orElse(null);
    }
}
