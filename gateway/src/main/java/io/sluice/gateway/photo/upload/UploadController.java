package io.sluice.gateway.photo.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The call that uploads photos. */
@Controller("/api/v1/photos")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "photos")
@ProblemResponses
final class UploadController {
    private final PhotoUploads uploads;

    UploadController(PhotoUploads uploads) {
        this.uploads = uploads;
    }

    /** Accepts photos one by one while they arrive, and answers when all of them are stored or refused. */
    @Post
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "uploadPhotos",
            summary = "Upload photos",
            description = "Up to 100 files, each in a part named `files`. A file that is refused fails alone. The same"
                    + " bytes of the same user are one photo: a file that was uploaded before is a `duplicate`, and gets"
                    + " no job. So an upload that broke off can be sent again whole: what had arrived of it is accepted."
                    + " When the queue is full or a store is away in the middle, the files from there on are `rejected`"
                    + " and `retryable`. The previews are made afterwards; each photo's job tells when.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "multipart/form-data",
                            schema = @Schema(implementation = UploadFormSchema.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome of each file, in order",
            content = @Content(schema = @Schema(implementation = UploadAnswers.class)))
    @ApiResponse(
            responseCode = "422",
            description = "every file is rejected; `photos` has the outcome of each",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = UploadAnswers.Refusal.class)))
    @ApiResponse(
            responseCode = "429",
            description = "the queue is full, or the caller sent too many uploads in a minute; `Retry-After` says when"
                    + " to come back",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<?> upload(HttpRequest<?> request) {
        return UploadAnswers.response(uploads.receive(request));
    }
}
