package io.sluice.gateway.photo;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.photo.ShownFace;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;

/** Shows and deletes a photo. */
@Controller("/api/v1/photos/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "photos")
@ProblemResponses
final class PhotoController {
    private final Photos photos;
    private final PhotoEvents events;

    PhotoController(Photos photos, PhotoEvents events) {
        this.photos = photos;
        this.events = events;
    }

    /** Gets a photo of the caller. An admin gets the photo of any user. */
    @Get
    @Operation(operationId = "getPhoto", summary = "Get a photo")
    @ApiResponse(
            responseCode = "200",
            description = "the photo",
            content = @Content(schema = @Schema(implementation = PhotoBody.class)))
    PhotoBody get(HttpRequest<?> request, @PathVariable String id) {
        var caller = Principal.of(request);
        return PhotoBody.of(photos.show(id, caller), caller);
    }

    /**
     * Whose faces a photo shows.
     *
     * @param faces from left to right; none until the photo is recognized
     */
    @Schema(name = "FacesOfPhoto")
    record Faces(List<ShownFace> faces) {}

    /** Says whose faces the photo shows. */
    @Get("/faces")
    @Operation(
            operationId = "getFacesOfPhoto",
            summary = "Get the faces in a photo of yours, and the enrolled users whose they may be")
    @ApiResponse(
            responseCode = "200",
            description = "the faces; only the owner of a photo and admins get them",
            content = @Content(schema = @Schema(implementation = Faces.class)))
    Faces faces(HttpRequest<?> request, @PathVariable String id) {
        return new Faces(photos.faces(id, Principal.of(request)));
    }

    /** Deletes the photo, its preview and its thumbnail. */
    @Delete
    @Operation(operationId = "deletePhoto", summary = "Delete a photo")
    @ApiResponse(
            responseCode = "202",
            description = "the deletion is accepted; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    HttpResponse<Queued> delete(HttpRequest<?> request, @PathVariable String id) {
        var owner = photos.ownerOf(id, Principal.of(request));
        var accepted = Intake.await(events.delete(id, owner));
        accepted.outcome().cancel(false);
        return HttpResponse.<Queued>accepted(URI.create("/api/v1/jobs/" + accepted.jobId()))
                .body(new Queued("queued", accepted.jobId(), id));
    }

    /**
     * An accepted deletion; its job shows the progress.
     *
     * @param status always {@code queued}
     */
    @Schema(name = "QueuedPhoto")
    record Queued(String status, String jobId, String photoId) {}
}
