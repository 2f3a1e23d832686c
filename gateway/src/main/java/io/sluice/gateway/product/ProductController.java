package io.sluice.gateway.product;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.job.TakesPreferWait;
import io.sluice.gateway.job.Wait;
import io.sluice.gateway.product.ProductAnswers.Done;
import io.sluice.gateway.product.ProductAnswers.Queued;
import io.sluice.gateway.product.image.ProductImageProblem;
import io.sluice.gateway.product.image.ProductImages;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Reads and deletes a product, and serves its picture. */
@Controller("/api/v1/products/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
final class ProductController {
    private final Products products;
    private final ProductIntake intake;
    private final ProductImages images;
    private final JobBoard board;
    private final GatewayConfig config;

    ProductController(
            Products products, ProductIntake intake, ProductImages images, JobBoard board, GatewayConfig config) {
        this.products = products;
        this.intake = intake;
        this.images = images;
        this.board = board;
        this.config = config;
    }

    /** Gets a product from the ledger. */
    @Get
    @Operation(operationId = "getProduct", summary = "Get a product")
    @ApiResponse(
            responseCode = "200",
            description = "the product",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    ProductView get(@PathVariable String id) {
        return products.find(id).map(ProductView::of).orElseThrow(ProductController::notFound);
    }

    /** Gets the product's picture; answers 304 to a caller that already has it. */
    @Get("/image")
    @Produces({"image/jpeg", "image/png", "image/webp", "image/gif", MediaType.APPLICATION_JSON})
    @Operation(operationId = "getProductImage", summary = "Get a product's picture")
    @ApiResponse(
            responseCode = "200",
            description = "the picture as it was sent",
            content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> image(HttpRequest<?> request, @PathVariable String id) {
        var product = products.find(id).orElseThrow(ProductController::notFound).product();
        var image = product.image();
        if (image == null) {
            throw new ProblemException(ProductImageProblem.IMAGE_NOT_FOUND, "The product has no image.");
        }
        var known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).contains(etag(image));
        var response = known ? HttpResponse.notModified() : HttpResponse.ok(images.fetch(image));
        return describe(response, image);
    }

    /** Deletes the product from the ledger and the search index. */
    @Delete
    @Operation(operationId = "deleteProduct", summary = "Delete a product")
    @TakesPreferWait
    @ApiResponse(
            responseCode = "202",
            description = "the deletion is accepted; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the product is deleted; only with `Prefer: wait=N`",
            content = @Content(schema = @Schema(implementation = Done.class)))
    HttpResponse<?> delete(HttpRequest<?> request, @PathVariable String id) {
        if (!board.hasOpenJob(JobKind.PRODUCT, id) && products.find(id).isEmpty()) {
            throw notFound();
        }
        var accepted = Intake.await(intake.delete(id));
        var wait = Wait.preferred(request.getHeaders(), Duration.ZERO, config.maxWait());
        return ProductAnswers.answer(accepted, wait, () -> new Done("deleted", accepted.jobId(), id));
    }

    /**
     * The URL of a picture stays the same when the picture changes. So clients must ask each time, and the ETag is the
     * hash of the content.
     */
    private static MutableHttpResponse<?> describe(MutableHttpResponse<?> response, StoredObject image) {
        return response.contentType(image.contentType())
                .header(HttpHeaders.ETAG, etag(image))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static String etag(StoredObject image) {
        return '"' + image.sha256() + '"';
    }

    private static ProblemException notFound() {
        return new ProblemException(ProductProblem.PRODUCT_NOT_FOUND, "No product has this id.");
    }
}
