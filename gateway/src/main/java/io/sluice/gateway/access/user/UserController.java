package io.sluice.gateway.access.user;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;

/** Lists, creates, changes and deletes users. */
@Controller("/api/v1/users")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
@ProblemResponses
final class UserController {
    private final UserAdministration users;
    private final SubmissionReader bodies;

    UserController(UserAdministration users, SubmissionReader bodies) {
        this.users = users;
        this.bodies = bodies;
    }

    /** All users. */
    @Schema(name = "Users")
    record UserList(List<UserView> users) {}

    /**
     * An accepted deletion; its job shows the progress.
     *
     * @param status always {@code queued}
     */
    @Schema(name = "UserDeletion")
    record Deletion(String jobId, String status) {}

    /** Lists the users. */
    @Get
    @Operation(operationId = "listUsers", summary = "List the users, by name")
    @ApiResponse(
            responseCode = "200",
            description = "all users",
            content = @Content(schema = @Schema(implementation = UserList.class)))
    UserList list() {
        return new UserList(users.list().stream().map(UserView::of).toList());
    }

    /** Creates a user. */
    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createUser", summary = "Create a user")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UserForms.NewUserSchema.class)))
    @ApiResponse(
            responseCode = "201",
            description = "the new user",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    HttpResponse<UserView> create(HttpRequest<?> request) {
        var created = users.create(bodies.read(request, UserForms.OF_NEW, UserForms::created));
        return HttpResponse.created(UserView.of(created));
    }

    /**
     * Changes a user.
     *
     * @param username in a path, a {@code +} must be written {@code %2B}
     */
    @Patch("/{username}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeUser",
            summary = "Change the password or the role of a user, disable or enable it",
            description = """
                    Each change ends the access tokens of the user at once. A new password ends its sessions too, and so
                    does disabling it. One enabled admin must be left.""")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UserForms.ChangedUserSchema.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the user after the change",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    UserView change(HttpRequest<?> request, @PathVariable String username) {
        return UserView.of(users.change(username, bodies.read(request, UserForms.OF_CHANGE, UserForms::changed)));
    }

    /**
     * Deletes a user.
     *
     * @param username in a path, a {@code +} must be written {@code %2B}
     */
    @Delete("/{username}")
    @Operation(
            operationId = "deleteUser",
            summary = "Delete a user and everything that belongs to it",
            description = """
                    The user's tokens end at once, and so do the API keys that it made. A job erases the rest. Another user
                    may get the name later; it gets nothing of this one.""")
    @ApiResponse(
            responseCode = "202",
            description = "the user is deleted; `Location` is the path of the job that erases what belonged to it",
            content = @Content(schema = @Schema(implementation = Deletion.class)))
    HttpResponse<Deletion> delete(@PathVariable String username) {
        var jobId = users.delete(username);
        return HttpResponse.<Deletion>accepted(URI.create("/api/v1/jobs/" + jobId))
                .body(new Deletion(jobId, "queued"));
    }
}
