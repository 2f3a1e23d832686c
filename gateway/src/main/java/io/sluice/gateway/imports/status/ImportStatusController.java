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
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.job.EndsWithNoContent;
import io.sluice.gateway.job.JobEventResponses;
import io.sluice.imports.file.FirstBytes;
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
import java.io.InputStream;
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
    @TakesQuery({BEFORE, Query.LIMIT})
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
    @Produces({MediaType.APPLICATION_JSON, FirstBytes.TEXT, FirstBytes.WORKBOOK})
    @Operation(
            operationId = "getImportErrors",
            summary = "Get the rejected rows of an import, with the reasons",
            description =
                    "As JSON, the rows come page by page. As CSV or XLSX, all rows come as one file, which you can correct"
                            + " and send again: with `Accept: text/csv` or `Accept: " + FirstBytes.WORKBOOK
                            + "`, or with `format`. The file has the columns of the original file, `row_number` (a header"
                            + " in the first row is row 1) and `error`. In XLSX all cells are texts, so leading zeros and"
                            + " long numbers stay; a wrong cell is colored and has its reason as a comment (the first"
                            + " 10,000). CSV is UTF-8 (with a byte order mark, for Excel) and has the delimiter of the"
                            + " original file while its job is kept, later commas. In CSV a cell that a spreadsheet"
                            + " program would read as a formula begins with an apostrophe; an import removes this"
                            + " apostrophe.",
            parameters = {
                @Parameter(
                        name = AFTER,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page; for JSON",
                        schema = @Schema(type = "integer", minimum = "0")),
                @Parameter(
                        name = ErrorsFormat.PARAMETER,
                        in = ParameterIn.QUERY,
                        description = "goes before `Accept`",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"json", "csv", "xlsx"}))
            })
    @TakesQuery({AFTER, ErrorsFormat.PARAMETER, Query.LIMIT})
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of rejected rows, or the file",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RejectedRows.Page.class)),
                @Content(mediaType = FirstBytes.TEXT, schema = @Schema(type = "string")),
                @Content(mediaType = FirstBytes.WORKBOOK, schema = @Schema(type = "string", format = "binary"))
            })
    HttpResponse<?> errors(HttpRequest<?> request, @PathVariable String id) {
        var wrong = new FieldErrors();
        var format = wrong.check(() -> ErrorsFormat.of(request), ErrorsFormat.JSON);
        wrong.throwIfAny();
        return switch (format) {
            case JSON -> HttpResponse.ok(page(request, id)).contentType(MediaType.APPLICATION_JSON_TYPE);
            case CSV -> file(rejectedRows.csv(id), FirstBytes.TEXT + ";charset=utf-8", "errors.csv");
            case XLSX -> file(rejectedRows.xlsx(id), FirstBytes.WORKBOOK, "errors.xlsx");
        };
    }

    private RejectedRows.Page page(HttpRequest<?> request, String id) {
        var wrong = new FieldErrors();
        var parameters = request.getParameters();
        var limit = wrong.check(() -> Query.limit(parameters), Query.DEFAULT_LIMIT);
        var after = wrong.check(() -> after(Query.single(parameters, AFTER)), 0);
        wrong.throwIfAny();
        return rejectedRows.page(id, after, limit);
    }

    private static HttpResponse<?> file(InputStream file, String mediaType, String name) {
        return HttpResponse.ok(file)
                .contentType(MediaType.of(mediaType))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    private static int after(@Nullable String text) {
        return text == null ? 0 : Query.number(AFTER, text, 0, Integer.MAX_VALUE);
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
