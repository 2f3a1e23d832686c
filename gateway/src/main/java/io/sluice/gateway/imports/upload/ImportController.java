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
import io.sluice.gateway.docs.TakesQuery;
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

/** The calls that accept files and rows for import. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
@ProblemResponses
final class ImportController {
    private final ImportReceiver receiver;
    private final JobBoard board;
    private final GatewayConfig config;

    ImportController(ImportReceiver receiver, JobBoard board, GatewayConfig config) {
        this.receiver = receiver;
        this.board = board;
        this.config = config;
    }

    /** Accepts a file, and answers when the file and the event are stored. */
    @Post("/imports")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "importFile",
            summary = "Import a file",
            description = "The file is stored while it arrives; its rows are read afterwards. Follow the import at"
                    + " `/api/v1/imports/{import_id}`. This call refuses a file whose first bytes show that it is"
                    + " not a spreadsheet. An import whose file cannot be read later ends as `failed`.",
            parameters = {
                @Parameter(
                        name = ImportOptionsReader.KIND,
                        in = ParameterIn.QUERY,
                        description = "the kind of the rows, when the form does not have it",
                        schema = @Schema(type = "string"))
            })
    @TakesQuery(ImportOptionsReader.KIND)
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
            description = "the import is accepted; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the import has ended; only with `Prefer: wait=N`",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    HttpResponse<?> importFile(HttpRequest<?> request) {
        return answer(request, receiver.acceptFile(request));
    }

    /** Accepts rows as JSON. The rows become an import. */
    @Post("/rows/{kind}")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "importRows",
            summary = "Import rows sent as JSON",
            description =
                    "The body is a JSON array of objects, or one JSON object on each line. The names in an object are"
                            + " names of fields, or of other columns to keep. The body becomes the file of an import, and"
                            + " its first row is row 1. A wrong row is rejected alone. This call does not count towards the"
                            + " imports that a caller may send in a minute.",
            parameters = {
                @Parameter(
                        name = ImportOptionsReader.DRY_RUN,
                        in = ParameterIn.QUERY,
                        description = "report what would happen, and write nothing",
                        schema = @Schema(type = "boolean", defaultValue = "false")),
                @Parameter(
                        name = ImportOptionsReader.CREATE_CATEGORIES,
                        in = ParameterIn.QUERY,
                        description =
                                "create the categories that rows name and that do not exist; if false, such rows are rejected",
                        schema = @Schema(type = "boolean", defaultValue = "true")),
                @Parameter(
                        name = ImportOptionsReader.KEEP_DAMAGED,
                        in = ParameterIn.QUERY,
                        description =
                                "import rows that hold U+FFFD, which stands for a character that could not be read; if false,"
                                        + " such rows are rejected",
                        schema = @Schema(type = "boolean", defaultValue = "false"))
            })
    @TakesQuery({ImportOptionsReader.DRY_RUN, ImportOptionsReader.CREATE_CATEGORIES, ImportOptionsReader.KEEP_DAMAGED})
    @TakesIdempotencyKey
    @TakesPreferWait
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        array = @ArraySchema(schema = @Schema(type = "object"))),
                @Content(mediaType = JsonRowsUpload.NDJSON, schema = @Schema(type = "object"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "the rows are accepted; `Location` is the path of their job",
            content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the import has ended; only with `Prefer: wait=N`",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    HttpResponse<?> importRows(HttpRequest<?> request, @PathVariable String kind) {
        return answer(request, receiver.acceptRows(request, kind));
    }

    /** A caller that waits gets the import, however it ended. Its counts show the rejected rows. */
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
     * An accepted import; its job shows the progress.
     *
     * @param status {@code queued}; when the call is sent again with its key, the current status of the import
     */
    record ImportAccepted(String importId, String jobId, String status) {}
}
