package io.sluice.gateway.product;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.TakesIdempotencyKey;
import io.sluice.gateway.job.TakesPreferWait;
import io.sluice.gateway.job.Wait;
import io.sluice.gateway.product.ProductAnswers.Done;
import io.sluice.gateway.product.ProductAnswers.Indexed;
import io.sluice.gateway.product.ProductAnswers.Queued;
import io.sluice.gateway.product.search.QueryVectors;
import io.sluice.web.ClientConnection;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** The two calls that save one product. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
final class IndexController {
    private final ProductIndexing indexing;
    private final QueryVectors model;
    private final GatewayConfig config;

    IndexController(ProductIndexing indexing, QueryVectors model, GatewayConfig config) {
        this.indexing = indexing;
        this.model = model;
        this.config = config;
    }

    /** Saves a product and answers when it can be found. */
    @Post("/index-product")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "indexProduct",
            summary = "Save a product and wait until it can be found",
            description = """
                    The product replaces the one with its id as a whole: what the call does not send is removed, its
                    picture and metadata too. `picture_removed` says so. Send a product that has a picture to
                    `/api/v1/index-product-with-image`, with its picture.""")
    @TakesIdempotencyKey
    @TakesPreferWait
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = ProductFormSchema.class)),
                @Content(
                        mediaType = "application/x-www-form-urlencoded",
                        schema = @Schema(implementation = ProductFormSchema.class)),
                @Content(mediaType = "application/json", schema = @Schema(implementation = ProductFormSchema.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "the product can be found now",
            content = @Content(schema = @Schema(implementation = Indexed.class)))
    @ApiResponse(
            responseCode = "202",
            description =
                    "the product is accepted, but its job takes longer than the wait; `Location` is the path of the job",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    HttpResponse<?> index(HttpRequest<?> request) {
        var accepted = indexing.accept(request);
        ClientConnection.cancelWhenClosed(request, accepted.outcome());
        var wait = Wait.preferred(request.getHeaders(), config.syncWait(), config.maxWait());
        return ProductAnswers.answer(accepted, wait, () -> Indexed.of(accepted, model.textDimension()));
    }

    /** Saves a product with a picture, and answers when the picture and the event are stored. */
    @Post("/index-product-with-image")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "indexProductWithImage", summary = "Save a product with a picture", description = """
                    The product replaces the one with its id as a whole, with its metadata.""")
    @TakesIdempotencyKey
    @TakesPreferWait
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "multipart/form-data",
                            schema = @Schema(implementation = ProductFormSchema.WithImage.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the product is accepted; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the product can be found now; only with `Prefer: wait=N`",
            content = @Content(schema = @Schema(implementation = Done.class)))
    HttpResponse<?> indexWithImage(HttpRequest<?> request) {
        var accepted = indexing.acceptWithImage(request);
        ClientConnection.cancelWhenClosed(request, accepted.outcome());
        var wait = Wait.preferred(request.getHeaders(), Duration.ZERO, config.maxWait());
        return ProductAnswers.answer(accepted, wait, () -> Done.of("indexed", accepted));
    }
}
