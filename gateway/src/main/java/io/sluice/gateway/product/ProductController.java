package io.sluice.gateway.product;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.job.TakesPreferWait;
import io.sluice.gateway.job.Wait;
import io.sluice.gateway.product.ProductAnswers.Done;
import io.sluice.gateway.product.ProductAnswers.Queued;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobKind;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Reads and deletes a product. */
@Controller("/api/v1/products/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
final class ProductController {
    private final Products products;
    private final ProductIntake intake;
    private final JobBoard board;
    private final GatewayConfig config;

    ProductController(Products products, ProductIntake intake, JobBoard board, GatewayConfig config) {
        this.products = products;
        this.intake = intake;
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
        return products.find(id).map(ProductView::of).orElseThrow(Products::notFound);
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
            throw Products.notFound();
        }
        var accepted = Intake.await(intake.delete(id));
        var wait = Wait.preferred(request.getHeaders(), Duration.ZERO, config.maxWait());
        return ProductAnswers.answer(accepted, wait, () -> Done.of("deleted", accepted));
    }
}
