package io.sluice.gateway.product.bulk;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.TakesIdempotencyKey;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.product.ProductFormSchema;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.problem.WebProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;

/** The call that takes many products in. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
final class BulkController {
    private static final String NDJSON = "application/x-ndjson";

    private final BulkCalls runs;

    BulkController(BulkCalls runs) {
        this.runs = runs;
    }

    /** Takes products in one by one as they come, and answers each in the same order. */
    @Post("/products:batch")
    @Consumes(MediaType.ALL)
    @Produces({NDJSON, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "indexProducts",
            summary = "Save many products",
            description =
                    "One JSON object a line, or one JSON array. The answer has one line an item, in their order, and"
                            + " comes while the body is still being sent. An item that is wrong is rejected alone; one has at most"
                            + " 2 MB. A caller that reads as it sends may send a body of any length; one that sends all of"
                            + " it first, as most HTTP libraries do, up to 50,000 items. A line that says nothing from here"
                            + " on was read is the last; the rest is to be sent again. Sending the same again does no harm;"
                            + " with an `Idempotency-Key` each line that was taken in before, known by its number, is the"
                            + " same job again, which tells how it ended.")
    @TakesIdempotencyKey
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ProductFormSchema.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        array = @ArraySchema(schema = @Schema(implementation = ProductFormSchema.class)))
            })
    @ApiResponse(
            responseCode = "202",
            description = "what became of each item, one line each",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = BulkAnswer.class)))
    HttpResponse<InputStream> index(HttpRequest<?> request) {
        var type = request.getContentType().map(MediaType::getName).orElse("");
        var isNdjson = type.equals(NDJSON);
        if (!isNdjson && !type.equals(MediaType.APPLICATION_JSON)) {
            throw unsupported("Send application/x-ndjson or application/json.");
        }
        // What the server understands, gzip and deflate, it has taken away with the header.
        if (request.getHeaders().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw unsupported("Send the body as it is, or in gzip.");
        }
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "products:batch");
        return HttpResponse.<InputStream>accepted()
                .contentType(new MediaType(NDJSON))
                .body(runs.start(SubmissionReader.stream(request), isNdjson, key));
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(WebProblem.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
