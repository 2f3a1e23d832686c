package io.sluice.gateway.photo.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.photo.GalleryTable.Part;
import io.sluice.stores.photo.GalleryTable.Place;
import io.sluice.web.problem.FieldErrors;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the galleries, at the paths of the former API. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "photos")
@ProblemResponses
final class GalleryController {
    private static final String BEFORE = "before";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final String FRESHNESS = """
        Newest first: by the time at which a picture was taken, or else uploaded. A change is shown within a second, at
        every gateway. With the `ETag` of an earlier answer in `If-None-Match`, the answer is 304 while nothing has
        changed.\
        """;

    private final Galleries galleries;
    private final ObjectMapper json;

    GalleryController(Galleries galleries, ObjectMapper json) {
        this.galleries = galleries;
        this.json = json;
    }

    /** The photos of the caller. */
    @Get("/my-photos")
    @Operation(
            operationId = "listMyPhotos",
            summary = "List your photos",
            description = FRESHNESS,
            parameters = {
                @Parameter(
                        name = Query.LIMIT,
                        in = ParameterIn.QUERY,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50")),
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page",
                        schema = @Schema(type = "string")),
                @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
            })
    @TakesQuery({Query.LIMIT, BEFORE})
    @ApiResponse(
            responseCode = "200",
            description = "one page of your photos",
            content = @Content(schema = @Schema(implementation = GalleryBody.class)))
    HttpResponse<?> mine(HttpRequest<?> request) {
        return answer(request, Principal.of(request).id());
    }

    /** The photos of all users. */
    @Get("/all-photos")
    @Operation(
            operationId = "listAllPhotos",
            summary = "List the photos of all users",
            description = FRESHNESS,
            parameters = {
                @Parameter(
                        name = Query.LIMIT,
                        in = ParameterIn.QUERY,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50")),
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page",
                        schema = @Schema(type = "string")),
                @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
            })
    @TakesQuery({Query.LIMIT, BEFORE})
    @ApiResponse(
            responseCode = "200",
            description = "one page of all photos",
            content = @Content(schema = @Schema(implementation = GalleryBody.class)))
    HttpResponse<?> all(HttpRequest<?> request) {
        return answer(request, null);
    }

    /** @param owner null for the photos of all users */
    private HttpResponse<?> answer(HttpRequest<?> request, @Nullable String owner) {
        var part = part(request, owner);
        var body = bytes(GalleryBody.of(galleries.page(part), Principal.of(request)));
        var tag = EntityTag.of(body);
        var known = tag.isIn(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
        MutableHttpResponse<?> response = known ? HttpResponse.notModified() : HttpResponse.ok(body);
        return response.contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, tag.text())
                // a browser may keep the page for its user, and asks each time whether it has changed
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    private static Part part(HttpRequest<?> request, @Nullable String owner) {
        var wrong = new FieldErrors();
        var parameters = request.getParameters();
        var limit = wrong.check(
                () -> Optional.ofNullable(Query.single(parameters, Query.LIMIT))
                        .map(text -> Query.number(Query.LIMIT, text, 1, MAX_LIMIT))
                        .orElse(DEFAULT_LIMIT),
                DEFAULT_LIMIT);
        var before = wrong.check(
                () -> Optional.ofNullable(Query.single(parameters, BEFORE))
                        .map(text -> GalleryCursor.parse(BEFORE, text)),
                Optional.<Place>empty());
        wrong.throwIfAny();
        return new Part(owner, limit, before.orElse(null));
    }

    private byte[] bytes(GalleryBody body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }
}
