package io.sluice.gateway.access.key;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Lists, creates and deletes API keys. */
@Controller("/api/v1/api-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
@ProblemResponses
final class ApiKeyController {
    private final ApiKeyAdministration keys;
    private final SubmissionReader bodies;

    ApiKeyController(ApiKeyAdministration keys, SubmissionReader bodies) {
        this.keys = keys;
        this.bodies = bodies;
    }

    /** All API keys, without their secrets. */
    @Schema(name = "ApiKeys")
    record ApiKeyList(List<ApiKeyView> keys) {}

    /** Lists the API keys. */
    @Get
    @Operation(operationId = "listApiKeys", summary = "List the API keys, the oldest first")
    @ApiResponse(
            responseCode = "200",
            description = "all keys, without their secrets",
            content = @Content(schema = @Schema(implementation = ApiKeyList.class)))
    ApiKeyList list() {
        return new ApiKeyList(keys.list().stream().map(ApiKeyView::of).toList());
    }

    /** Creates an API key. */
    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createApiKey", summary = "Create an API key for a machine", description = """
                    Only this answer has the key: the gateway keeps a hash of it. A machine sends it with each request, as
                    `Authorization: Bearer` or `X-API-Key`. The key ends when it is deleted, or when the user that made it
                    is.""")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApiKeyForm.NewApiKeySchema.class)))
    @ApiResponse(
            responseCode = "201",
            description = "the new key with its secret",
            content = @Content(schema = @Schema(implementation = ApiKeyView.Created.class)))
    HttpResponse<ApiKeyView.Created> create(HttpRequest<?> request) {
        var form = bodies.read(request, ApiKeyForm.FIELDS, ApiKeyForm::of);
        var created = keys.create(form, Principal.of(request));
        return HttpResponse.created(created).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Deletes an API key. */
    @Delete("/{id}")
    @Operation(operationId = "deleteApiKey", summary = "Delete an API key; calls with it are refused at once")
    @ApiResponse(responseCode = "204", description = "the key is deleted", content = @Content)
    HttpResponse<?> delete(@PathVariable String id) {
        keys.delete(id);
        return HttpResponse.noContent();
    }
}
