package io.sluice.gateway.imports.status;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.docs.TakesLimit;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.job.EndsWithNoContent;
import io.sluice.gateway.job.JobEventResponses;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.value.Query;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of imports. */
@Controller("/api/v1/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
@ProblemResponses
final class ImportStatusController {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String CSV = "text/csv";

    private final ImportLookup imports;
    private final RejectedRows errors;
    private final ImportCancel cancel;
    private final JobEventResponses events;

    ImportStatusController(ImportLookup imports, RejectedRows errors, ImportCancel cancel, JobEventResponses events) {
        this.imports = imports;
        this.errors = errors;
        this.cancel = cancel;
        this.events = events;
    }

    /** The latest imports. */
    @Get
    @Operation(
            operationId = "listImports",
            summary = "The latest imports, newest first",
            parameters = {
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the `next` of the page before",
                        schema = @Schema(type = "string", format = "date-time"))
            })
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of them",
            content = @Content(schema = @Schema(implementation = ImportLookup.Page.class)))
    ImportLookup.Page list(HttpRequest<?> request) {
        var wrong = new FieldErrors();
        var limit = wrong.check(() -> Query.limit(request.getParameters()), Query.DEFAULT_LIMIT);
        var before = wrong.check(() -> before(Query.single(request.getParameters(), BEFORE)), Instant.MAX);
        wrong.throwIfAny();
        return imports.page(limit, before.equals(Instant.MAX) ? null : before);
    }

    private static Instant before(@Nullable String text) {
        try {
            return text == null ? Instant.MAX : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException(BEFORE, "must be a time such as 2026-03-01T10:00:00Z");
        }
    }

    /** One import. */
    @Get("/{id}")
    @Operation(operationId = "getImport", summary = "How an import stands")
    @ApiResponse(
            responseCode = "200",
            description = "the import; answered while Postgres is away too",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    ImportView get(@PathVariable String id) {
        return imports.view(id);
    }

    /** The import as it goes on. */
    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Operation(
            operationId = "followImport",
            summary = "An import as it goes on (server-sent events)",
            description = """
                Events named `progress` have the import as data, whenever its counts or its status change; the last one
                is named `end`. With `Last-Event-ID` the stream goes on after that event, at any gateway.\
                """)
    @ApiResponse(
            responseCode = "200",
            description = "the import, with every change",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM,
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(ImportProgress.EXAMPLE)))
    @EndsWithNoContent
    HttpResponse<?> events(
            @PathVariable String id, @Nullable @Header(JobEventResponses.LAST_EVENT_ID) String lastEventId) {
        return events.follow(imports.job(id).orElseThrow(ImportLookup::notFound), ImportProgress.since(lastEventId));
    }

    /** Its rejected rows. */
    @Get("/{id}/errors")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "getImportErrors",
            summary = "The rows of an import that were rejected, and why",
            description =
                    "As JSON, page by page; or, with `Accept: text/csv`, all of them as a file to be mended and sent"
                            + " again: comma-separated UTF-8 (with a byte order mark, for Excel) with the columns of the"
                            + " file, `row_number` (a header on the first row is row 1) and `error`. A cell that a"
                            + " spreadsheet program would take for a formula begins with an apostrophe there, which an"
                            + " import takes away again.",
            parameters = {
                @Parameter(
                        name = AFTER,
                        in = ParameterIn.QUERY,
                        description = "the `next` of the page before",
                        schema = @Schema(type = "integer", minimum = "0"))
            })
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of them, or the file",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RejectedRows.Page.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
            })
    HttpResponse<?> errors(HttpRequest<?> request, @PathVariable String id) {
        if (prefersCsv(request)) {
            return HttpResponse.ok(errors.csv(id))
                    .contentType(MediaType.of(CSV + ";charset=utf-8"))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"errors.csv\"");
        }
        var wrong = new FieldErrors();
        var parameters = request.getParameters();
        var limit = wrong.check(() -> Query.limit(parameters), Query.DEFAULT_LIMIT);
        var after = wrong.check(() -> after(Query.single(parameters, AFTER)), 0);
        wrong.throwIfAny();
        return HttpResponse.ok(errors.page(id, after, limit));
    }

    private static int after(@Nullable String text) {
        return text == null ? 0 : Query.number(AFTER, text, 0, Integer.MAX_VALUE);
    }

    private static boolean prefersCsv(HttpRequest<?> request) {
        for (var accepted : request.getHeaders().accept()) {
            if (accepted.getName().equals(CSV)) {
                return true;
            }
            if (accepted.matches(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
        }
        return false;
    }

    /** Stops it. */
    @Post("/{id}/cancel")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "cancelImport",
            summary = "Stop an import",
            description = "Once this is answered no row is written any more; rows written before stay.")
    @ApiResponse(
            responseCode = "200",
            description = "the import, canceled, with its final counts",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    ImportView cancel(@PathVariable String id) {
        return cancel.cancel(id);
    }
}
