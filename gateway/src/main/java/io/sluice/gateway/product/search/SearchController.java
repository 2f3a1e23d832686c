package io.sluice.gateway.product.search;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.docs.TakesLimit;
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.value.Query;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Finds products. The calls are also at {@code /search}, where clients of the former API expect them. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "search")
@ProblemResponses
final class SearchController {
    private final ProductSearch products;
    private final SubmissionReader bodies;
    private final ImageField picture;

    SearchController(ProductSearch products, SubmissionReader bodies, ImageField picture) {
        this.products = products;
        this.bodies = bodies;
        this.picture = picture;
    }

    /** Finds products by text. */
    @Get("/api/v1/search")
    @Operation(
            operationId = "searchByText",
            summary = "Find products by text",
            description = "Also at `/search`.",
            parameters = {
                @Parameter(
                        name = "q",
                        in = ParameterIn.QUERY,
                        required = true,
                        schema = @Schema(type = "string", example = "a seat for the terrace")),
                @Parameter(
                        name = "filter",
                        in = ParameterIn.QUERY,
                        description =
                                "`name:value`, an exact match on metadata; can be repeated, and all must match. Dots in the"
                                        + " name lead into objects; quotation marks make a key or a text of what is in them",
                        array = @ArraySchema(schema = @Schema(type = "string")))
            })
    @TakesQuery({SearchRequest.Q, SearchRequest.FILTER, Query.LIMIT})
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "the products found, best first",
            content = @Content(schema = @Schema(implementation = SearchAnswer.class)))
    SearchAnswer search(HttpRequest<?> request) {
        return products.search(SearchRequest.of(request.getParameters()), Optional.empty());
    }

    /** Finds products by picture, by text, or by both. */
    @Post("/api/v1/search")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    @Operation(
            operationId = "searchByImage",
            summary = "Find products by picture, by text, or by both",
            description = "Also at `/search`. Each field may be in the query string instead.",
            parameters = {
                @Parameter(name = SearchRequest.Q, in = ParameterIn.QUERY, schema = @Schema(type = "string")),
                @Parameter(
                        name = SearchRequest.FILTER,
                        in = ParameterIn.QUERY,
                        array = @ArraySchema(schema = @Schema(type = "string")))
            })
    @TakesQuery({SearchRequest.Q, SearchRequest.FILTER, Query.LIMIT})
    @TakesLimit
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "multipart/form-data",
                            schema = @Schema(implementation = SearchFormSchema.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the products found, best first",
            content = @Content(schema = @Schema(implementation = SearchAnswer.class)))
    SearchAnswer searchByImage(HttpRequest<?> request) {
        return bodies.read(request, SearchRequest.FORM, (form, errors) -> {
            var wanted = SearchRequest.of(form, request.getParameters(), errors);
            return products.search(wanted, picture.allow(form, errors));
        });
    }

    /** As {@link #search}, at the path that clients of the former API expect. */
    @Hidden
    @Get("/search")
    @TakesQuery({SearchRequest.Q, SearchRequest.FILTER, Query.LIMIT})
    SearchAnswer searchAtFormerPath(HttpRequest<?> request) {
        return search(request);
    }

    /** As {@link #searchByImage}, at the path that clients of the former API expect. */
    @Hidden
    @Post("/search")
    @TakesQuery({SearchRequest.Q, SearchRequest.FILTER, Query.LIMIT})
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    SearchAnswer searchByImageAtFormerPath(HttpRequest<?> request) {
        return searchByImage(request);
    }
}
