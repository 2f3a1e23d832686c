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

/** Shows imports and their rejected rows, streams their progress, and cancels them. */
@Controller("/api/v1/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
@ProblemResponses
final class ImportStatusController {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String CSV = "text/csv";

    private final ImportLookup imports;
    private final RejectedRows rejectedRows;
    private final ImportCancel cancellation;
    private final JobEventResponses events;

    ImportStatusController(
            ImportLookup imports, RejectedRows rejectedRows, ImportCancel cancellation, JobEventResponses events) {
        this.imports = imports;
        this.rejectedRows = rejectedRows;
        this.cancellation = cancellation;
        this.events = events;
    }

    /** Lists the latest imports. */
    @Get
    @Operation(
            operationId = "listImports",
            summary = "List the latest imports, newest first",
            parameters = {
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page",
                        schema = @Schema(type = "string", format = "date-time"))
            })
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of imports",
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

    /** Gets one import. */
    @Get("/{id}")
    @Operation(operationId = "getImport", summary = "Get an import")
    @ApiResponse(
            responseCode = "200",
            description = "the import; while its job is kept, also when Postgres is not available",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    ImportView get(@PathVariable String id) {
        return imports.view(id);
    }

    /** Streams the progress of an import. */
    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Operation(operationId = "followImport", summary = "Follow an import (server-sent events)", description = """
                The stream sends an event named `progress`, with the import as its data, when the counts or the status
                change. The last event is named `end`. With `Last-Event-ID` the stream continues after that event, at
                any gateway.\
                """)
    @ApiResponse(
            responseCode = "200",
            description = "one event for each change of the import",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM,
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(ImportEventCursor.EXAMPLE)))
    @EndsWithNoContent
    HttpResponse<?> events(
            @PathVariable String id, @Nullable @Header(JobEventResponses.LAST_EVENT_ID) String lastEventId) {
        return events.follow(imports.job(id).orElseThrow(ImportLookup::notFound), ImportEventCursor.since(lastEventId));
    }

    /** Lists the rejected rows of an import. */
    @Get("/{id}/errors")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "getImportErrors",
            summary = "Get the rejected rows of an import, with the reasons",
            description =
                    "As JSON, the rows come page by page. With `Accept: text/csv`, all rows come as one file, which you"
                            + " can correct and send again. The file is comma-separated UTF-8 (with a byte order mark,"
                            + " for Excel) and has the columns of the original file, `row_number` (a header in the first"
                            + " row is row 1) and `error`. A cell that a spreadsheet program would read as a formula"
                            + " begins with an apostrophe; an import removes this apostrophe.",
            parameters = {
                @Parameter(
                        name = AFTER,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page",
                        schema = @Schema(type = "integer", minimum = "0"))
            })
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of rejected rows, or the file",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RejectedRows.Page.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
            })
    HttpResponse<?> errors(HttpRequest<?> request, @PathVariable String id) {
        if (prefersCsv(request)) {
            return HttpResponse.ok(rejectedRows.csv(id))
                    .contentType(MediaType.of(CSV + ";charset=utf-8"))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"errors.csv\"");
        }
        var wrong = new FieldErrors();
        var parameters = request.getParameters();
        var limit = wrong.check(() -> Query.limit(parameters), Query.DEFAULT_LIMIT);
        var after = wrong.check(() -> after(Query.single(parameters, AFTER)), 0);
        wrong.throwIfAny();
        return HttpResponse.ok(rejectedRows.page(id, after, limit));
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

    /** Cancels an import. */
    @Post("/{id}/cancel")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "cancelImport",
            summary = "Cancel an import",
            description =
                    "After this call has answered, no more rows are written to a table. Rows written before stay. Products"
                            + " of a `products` import that are being published at that moment may still arrive, within"
                            + " seconds while Kafka answers. They may replace a product that you send right after this"
                            + " call, so send that product a little later.")
    @ApiResponse(
            responseCode = "200",
            description = "the canceled import with its final counts",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    ImportView cancel(@PathVariable String id) {
        return cancellation.cancel(id);
    }
}
