package io.sluice.gateway.access.login;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.access.Accounts;
import io.sluice.schemas.event.Checks;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Signs users in. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
@ProblemResponses
final class LoginController {
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final FormLimits LIMITS = FormLimits.ofBody(16 * 1024);
    private static final BodyFields LOGIN = BodyFields.ofTexts(LIMITS, USERNAME, PASSWORD);
    private static final BodyFields REFRESH = BodyFields.ofTexts(LIMITS, REFRESH_TOKEN);

    private final SubmissionReader bodies;
    private final Logins logins;
    private final WrongLogins wrong;
    private final PasswordChecks turns;

    LoginController(SubmissionReader bodies, Logins logins, WrongLogins wrong, PasswordChecks turns) {
        this.bodies = bodies;
        this.logins = logins;
        this.wrong = wrong;
        this.turns = turns;
    }

    /** A name and its password. */
    @Schema(name = "Login")
    record LoginSchema(
            @Schema(example = "ann") String username,
            @Schema(example = "correct horse battery") String password) {}

    /** A refresh token. */
    @Schema(name = "Refresh")
    record RefreshSchema(String refreshToken) {}

    /** Signs in with a password. */
    @Post("/login")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    @Operation(operationId = "login", summary = "Sign in with a name and a password", description = """
                    A wrong name and a wrong password get the same answer, after the same time. After too many wrong logins,
                    also a right one gets a 429; `Retry-After` says when to try again.""")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = LoginSchema.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(implementation = LoginSchema.class)),
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = LoginSchema.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "the tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    HttpResponse<TokenAnswer> login(HttpRequest<?> request) {
        var sent = bodies.read(request, LOGIN, LoginController::login);
        // in turn, because a login counts as wrong until it is known to be right
        return answer(turns.inTurn(() ->
                        wrong.limit(request, sent.username(), () -> logins.login(sent.username(), sent.password())))
                .orElseThrow(() -> Accounts.unauthenticated("The name or the password is wrong.")));
    }

    /** Exchanges a refresh token for new tokens. */
    @Post("/v1/login/refresh")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    @Operation(operationId = "refreshLogin", summary = "Exchange a refresh token for new tokens", description = """
                    A refresh token is used once: the answer has the next one. A token that is used twice was stolen, so
                    its second use ends the session.""")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RefreshSchema.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(implementation = RefreshSchema.class)),
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = RefreshSchema.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "the tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    HttpResponse<TokenAnswer> refresh(HttpRequest<?> request) {
        var sent = bodies.read(request, REFRESH, LoginController::refreshToken);
        return answer(logins.refresh(sent)
                .orElseThrow(() -> Accounts.unauthenticated("The refresh token is not valid; sign in again.")));
    }

    private static LoginSchema login(Submission submission, FieldErrors errors) {
        var login = new LoginSchema(
                errors.check(() -> Checks.required(USERNAME, submission.text(USERNAME)), ""),
                errors.check(() -> Checks.required(PASSWORD, submission.text(PASSWORD)), ""));
        errors.throwIfAny();
        return login;
    }

    private static String refreshToken(Submission submission, FieldErrors errors) {
        var token = errors.check(() -> Checks.required(REFRESH_TOKEN, submission.text(REFRESH_TOKEN)), "");
        errors.throwIfAny();
        return token;
    }

    /** Tokens must not stay in a cache on the way. */
    private static HttpResponse<TokenAnswer> answer(TokenAnswer tokens) {
        return HttpResponse.ok(tokens).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
