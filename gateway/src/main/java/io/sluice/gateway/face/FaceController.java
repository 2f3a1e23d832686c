package io.sluice.gateway.face;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.photo.GalleryTable;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The face of the caller, by which the caller is found in photos. */
@Controller("/api/v1/me/face")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "faces")
@ProblemResponses
final class FaceController {
    private final FaceDoor door;
    private final FaceIntake intake;
    private final FaceEvents events;
    private final FaceEnrolments enrolments;
    private final GalleryTable gallery;

    FaceController(
            FaceDoor door, FaceIntake intake, FaceEvents events, FaceEnrolments enrolments, GalleryTable gallery) {
        this.door = door;
        this.intake = intake;
        this.events = events;
        this.enrolments = enrolments;
        this.gallery = gallery;
    }

    /**
     * What is known of the caller's face.
     *
     * @param enrolledAt left out when the caller is not enrolled
     * @param photos in how many photos the caller was found, its own and those of others
     */
    @Schema(name = "Face")
    record Face(boolean enrolled, @Nullable Instant enrolledAt, long photos) {}

    /**
     * An accepted change; its job shows the progress.
     *
     * @param status always {@code queued}
     */
    @Schema(name = "QueuedFace")
    record Queued(String status, String jobId) {}

    /** Enrolls the face in a picture, in place of the one that was enrolled before. */
    @Put
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "enrollFace",
            summary = "Be found in photos, by a picture of your face",
            description =
                    "The face is found by Amazon Rekognition, kept there, and compared with the faces in all photos."
                            + " The person must consent to it. The job fails when the picture shows no face, or several.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "multipart/form-data",
                            schema = @Schema(implementation = FaceForm.Fields.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the picture is accepted; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    HttpResponse<Queued> enroll(HttpRequest<?> request) {
        door.enter(request);
        return queued(intake.enroll(request, user(request)));
    }

    /** Shows whether the caller's face is enrolled. */
    @Get
    @Operation(operationId = "getFace", summary = "Get whether your face is enrolled")
    @ApiResponse(
            responseCode = "200",
            description = "whether it is enrolled, and in how many photos it was found",
            content = @Content(schema = @Schema(implementation = Face.class)))
    Face get(HttpRequest<?> request) {
        var user = user(request);
        try {
            var enrolledAt =
                    enrolments.find(user).map(FaceEnrolments.Known::enrolledAt).orElse(null);
            return new Face(enrolledAt != null, enrolledAt, enrolledAt == null ? 0 : gallery.photosWith(user));
        } catch (RuntimeException e) {
            throw Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Faces cannot be read now; try again in a moment.");
        }
    }

    /** Deletes the caller's face, its picture, and every match with a photo. */
    @Delete
    @Operation(operationId = "deleteFace", summary = "Delete your face, and be found in no photo any more")
    @ApiResponse(
            responseCode = "202",
            description =
                    "the deletion is accepted; `Location` is the path of its job, which ends when nothing is left",
            content = @Content(schema = @Schema(implementation = Queued.class)))
    HttpResponse<Queued> delete(HttpRequest<?> request) {
        door.enter(request);
        return queued(events.delete(user(request)));
    }

    private static String user(HttpRequest<?> request) {
        return Objects.requireNonNull(Principal.of(request).owner(), "the door admits accounts only");
    }

    private static HttpResponse<Queued> queued(FaceEvents.Accepted accepted) {
        return HttpResponse.<Queued>accepted(URI.create("/api/v1/jobs/" + accepted.jobId()))
                .body(new Queued("queued", accepted.jobId()));
    }
}
