package io.sluice.gateway.product;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.gateway.product.image.ImageUrl;
import io.sluice.gateway.product.image.ProductImageProblem;
import io.sluice.gateway.product.image.ProductImages;
import io.sluice.schemas.event.Checks;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.value.EntityTag;
import io.sluice.web.value.Query;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Serves the pictures of products. {@link ImageUrl} says which of the two paths a product's picture has. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
@ProblemResponses
@Produces({"image/jpeg", "image/png", "image/webp", "image/gif", "image/*", MediaType.APPLICATION_JSON})
final class ProductImageController {
    private final Products products;
    private final ProductImages images;

    ProductImageController(Products products, ProductImages images) {
        this.products = products;
        this.images = images;
    }

    /** Gets the product's picture; answers 304 to a caller that already has it. */
    @Get("/api/v1/products/{id}/image")
    @Operation(operationId = "getProductImage", summary = "Get a product's picture")
    @ApiResponse(
            responseCode = "200",
            description = "the picture as it was sent",
            content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> image(HttpRequest<?> request, @PathVariable String id) {
        return answer(request, id);
    }

    /** As {@link #image}, with the id in the query, where every id can be. */
    @Get(ImageUrl.BY_QUERY)
    @TakesQuery(ImageUrl.PRODUCT_ID)
    @Operation(
            operationId = "getProductImageById",
            summary = "Get a product's picture, with the id in the query",
            description = "The `image_url` of the ids `.` and `..`, which clients cannot send in a path.",
            parameters =
                    @Parameter(
                            name = ImageUrl.PRODUCT_ID,
                            in = ParameterIn.QUERY,
                            required = true,
                            schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "the picture as it was sent",
            content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> imageById(HttpRequest<?> request) {
        var errors = new FieldErrors();
        var sent = request.getParameters().getAll(ImageUrl.PRODUCT_ID);
        var id = errors.check(() -> Checks.required(ImageUrl.PRODUCT_ID, Query.single(ImageUrl.PRODUCT_ID, sent)), "");
        errors.throwIfAny();
        return answer(request, id);
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String id) {
        var product = products.find(id).orElseThrow(Products::notFound).product();
        var image = product.image();
        if (image == null) {
            throw new ProblemException(ProductImageProblem.IMAGE_NOT_FOUND, "The product has no image.");
        }
        var tag = EntityTag.ofFile(image.sha256());
        var known = tag.isIn(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
        MutableHttpResponse<?> response = known ? HttpResponse.notModified() : HttpResponse.ok(images.fetch(image));
        return describe(response, image.contentType(), tag);
    }

    /**
     * The URL of a picture stays the same when the picture changes. So clients must ask each time, and the ETag is the
     * hash of the content.
     */
    private static MutableHttpResponse<?> describe(MutableHttpResponse<?> response, String contentType, EntityTag tag) {
        return response.contentType(contentType)
                .header(HttpHeaders.ETAG, tag.text())
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Content-Type-Options", "nosniff");
    }
}
