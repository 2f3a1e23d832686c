package io.sluice.gateway.photo;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.photo.file.ServedFile;
import io.sluice.gateway.principal.Principal;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoFailure;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Serves the files of a photo: as it was sent, and the smaller pictures made from it. */
@Controller("/api/v1/photos/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "photos")
@ProblemResponses
@Produces({"image/jpeg", "image/png", "image/webp", "image/gif", "image/*", MediaType.APPLICATION_JSON})
final class PhotoFileController {
    private static final Duration NOT_YET = Duration.ofSeconds(2);
    private static final String DESCRIPTION = "Takes `Range` with one range of bytes, and `If-None-Match`.";

    private final Photos photos;
    private final PhotoFiles files;

    PhotoFileController(Photos photos, PhotoFiles files) {
        this.photos = photos;
        this.files = files;
    }

    /** Gets the photo's file. */
    @Get("/content")
    @Operation(operationId = "getPhotoContent", summary = "Get a photo's file", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "the file as it was sent",
            content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> content(HttpRequest<?> request, @PathVariable String id) {
        var photo = photos.find(id, Principal.of(request));
        return answer(request, photo.saved().object(), photo.saved().fileName());
    }

    /** Gets the preview. */
    @Get("/preview")
    @Operation(operationId = "getPhotoPreview", summary = "Get a photo's preview", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "a JPEG without metadata, upright; its longest side has at most 1,920 pixels. 404 with"
                    + " `Retry-After` until it is made, without when it cannot be made",
            content = @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> preview(HttpRequest<?> request, @PathVariable String id) {
        var photo = photos.find(id, Principal.of(request));
        return answer(request, made(photo).preview(), named(photo, "preview"));
    }

    /** Gets the thumbnail. */
    @Get("/thumbnail")
    @Operation(operationId = "getPhotoThumbnail", summary = "Get a photo's thumbnail", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "a JPEG without metadata, upright; its longest side has at most 400 pixels. 404 with"
                    + " `Retry-After` until it is made, without when it cannot be made",
            content = @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> thumbnail(HttpRequest<?> request, @PathVariable String id) {
        var photo = photos.find(id, Principal.of(request));
        return answer(request, made(photo).thumbnail(), named(photo, "thumbnail"));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, StoredObject file, String name) {
        return files.answer(request, new ServedFile(file, name));
    }

    private PhotoRow.Pictures made(Photos.Files photo) {
        var pictures = photo.pictures();
        if (pictures == null) {
            throw photos.whyNotPrepared(photo.saved().photoId())
                    .map(PhotoFileController::failed)
                    .orElseGet(PhotoFileController::notYet);
        }
        return pictures;
    }

    private static ProblemException failed(PhotoFailure why) {
        return new ProblemException(
                PhotoProblem.PHOTO_PREPARATION_FAILED,
                ("The preview and the thumbnail of this photo could not be made (%s): %s. Delete the photo and upload a"
                                + " repaired file; or an admin mends the cause and sends its dead letter back.")
                        .formatted(why.code(), why.message().replaceFirst("[.]$", "")));
    }

    private static ProblemException notYet() {
        return ProblemException.comeBack(
                NOT_YET, PhotoProblem.PHOTO_NOT_PREPARED, "The photo waits to be prepared; try again in a moment.");
    }

    private static String named(Photos.Files photo, String what) {
        var name = photo.saved().fileName();
        var dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + "-" + what + ".jpg";
    }
}
