package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.TakesIdempotencyKey;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.job.TakesPreferWait;
import io.sluice.gateway.job.Wait;
import io.sluice.jobs.board.JobBoard;
import io.sluice.web.ClientConnection;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** The calls that take files and rows in. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
@ProblemResponses
final class ImportController {
    private final ImportReceiver uploads;
    private final JobBoard board;
    private final GatewayConfig config;

    ImportController(ImportReceiver uploads, JobBoard board, GatewayConfig config) {
        this.uploads = uploads;
        this.board = board;
        this.config = config;
    }

    /** Takes a file in, and answers as soon as nothing can lose it. */
    @Post("/imports")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "importFile",
            summary = "Import a file",
            description =
                    "The file is stored while it comes in; its rows are read afterwards. What became of it is told at"
                            + " `/api/v1/imports/{import_id}`. A file that is no spreadsheet at the first glance is refused here;"
                            + " one that turns out to be none ends as `failed`.",
            parameters = {
                @Parameter(
                        name = ImportOptionsReader.KIND,
                        in = ParameterIn.QUERY,
                        description = "what the rows are, when the form does not say",
                        schema = @Schema(type = "string"))
            })
    @TakesIdempotencyKey
    @TakesPreferWait
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "multipart/form-data",
                            schema = @Schema(implementation = ImportFormSchema.class)))
    @ApiResponse(
            responseCode = "202",
            description = "it is accepted; `Location` is its job",
            content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    @ApiResponse(
            responseCode = "200",
            description = "it is over: with `Prefer: wait=N` only",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    HttpResponse<?> importFile(HttpRequest<?> request) {
        return answer(request, uploads.takeIn(request));
    }

    /** Takes rows in as JSON; they are an import like any other. */
    @Post("/rows/{kind}")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "importRows",
            summary = "Import rows sent as JSON",
            description =
                    "A JSON array of objects, or one object a line: the names are those of the fields, and of columns"
                            + " that are kept besides. The rows are an import whose file is the body, the first one its row 1, and"
                            + " a row that is wrong is rejected alone. It is not one of the imports that a caller may send a"
                            + " minute.",
            parameters = {
                @Parameter(
                        name = ImportOptionsReader.DRY_RUN,
                        in = ParameterIn.QUERY,
                        description = "say what would happen, and write nothing",
                        schema = @Schema(type = "boolean", defaultValue = "false")),
                @Parameter(
                        name = ImportOptionsReader.CREATE_CATEGORIES,
                        in = ParameterIn.QUERY,
                        description = "make categories that are named and not known; else their rows are rejected",
                        schema = @Schema(type = "boolean", defaultValue = "true"))
            })
    @TakesIdempotencyKey
    @TakesPreferWait
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        array = @ArraySchema(schema = @Schema(type = "object"))),
                @Content(mediaType = JsonRowsReader.NDJSON, schema = @Schema(type = "object"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "they are accepted; `Location` is their job",
            content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    @ApiResponse(
            responseCode = "200",
            description = "it is over: with `Prefer: wait=N` only",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    HttpResponse<?> importRows(HttpRequest<?> request, @PathVariable String kind) {
        return answer(request, uploads.takeRows(request, kind));
    }

    /** However it ended, the answer to a caller who waited is the import: what was rejected is told by its counts. */
    private HttpResponse<?> answer(HttpRequest<?> request, ImportIntake.Accepted accepted) {
        var wait = Wait.preferred(request.getHeaders(), Duration.ZERO, config.maxWait());
        var id = accepted.importId();
        var outcome = board.whenOver(id);
        ClientConnection.cancelWhenClosed(request, outcome);
        return wait.answer(
                id,
                outcome,
                job -> HttpResponse.ok(ImportView.of(job)),
                () -> new ImportAccepted(id, id, accepted.status().wireName()));
    }

    /**
     * It is taken in; its job tells the rest.
     *
     * @param status {@code queued}; of a call that was sent again, where its import stands
     */
    record ImportAccepted(String importId, String jobId, String status) {}
}
