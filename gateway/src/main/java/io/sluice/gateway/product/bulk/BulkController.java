package io.sluice.gateway.product.bulk;

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
import io.sluice.web.body.RequestBodies;
import io.sluice.web.body.TextCharset;
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

/** The call that saves many products. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
final class BulkController {
    private static final String NDJSON = "application/x-ndjson";

    private final RequestBodies bodies;
    private final BulkCalls runs;

    BulkController(RequestBodies bodies, BulkCalls runs) {
        this.bodies = bodies;
        this.runs = runs;
    }

    /** Accepts products one by one while they arrive, and answers them in the same order. */
    @Post("/products:batch")
    @Consumes(MediaType.ALL)
    @Produces({NDJSON, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "indexProducts",
            summary = "Save many products",
            description =
                    "The body is one JSON object on each line, or one JSON array. The answer has one line for each item,"
                            + " in the same order, and comes while the body is still being sent. A wrong item is rejected"
                            + " alone. An item may have at most 2 MB. A client that reads the answer while it sends may"
                            + " send a body of any length. A client that sends the whole body first, as most HTTP libraries"
                            + " do, may send up to 50,000 items. When the call stops before the end of the body, the last"
                            + " line says that nothing from here on was read; send the rest again. Sending the same items"
                            + " again does no harm while they are the newest. Each replaces its whole product, and removes"
                            + " its picture."
                            + " With an `Idempotency-Key`, a line that was accepted before gets the"
                            + " same job again; lines are recognized by their number.")
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
            description = "the outcome of each item, one line each",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = BulkAnswer.class)))
    HttpResponse<InputStream> index(HttpRequest<?> request) {
        var type = request.getContentType().map(MediaType::getName).orElse("");
        var isNdjson = type.equals(NDJSON);
        if (!isNdjson && !type.equals(MediaType.APPLICATION_JSON)) {
            throw unsupported("Send application/x-ndjson or application/json.");
        }
        TextCharset.requireUtf8(request.getContentType().orElse(null));
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "products:batch");
        return HttpResponse.<InputStream>accepted()
                .contentType(new MediaType(NDJSON))
                .body(runs.start(bodies.open(request), isNdjson, key));
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(WebProblem.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
