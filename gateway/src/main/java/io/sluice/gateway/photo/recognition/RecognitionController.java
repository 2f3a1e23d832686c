package io.sluice.gateway.photo.recognition;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.FacesConfig;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Has photos recognized again. */
@Controller("/api/v1/admin/photos/recognize")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operations")
@ProblemResponses
final class RecognitionController {
    private static final String OWNER = "owner";
    private static final String AFTER = "after";
    private static final BodyFields FIELDS = BodyFields.ofTexts(FormLimits.ofBody(16 * 1024), OWNER, AFTER);

    private final SubmissionReader bodies;
    private final RecognizeAgain recognition;
    private final FacesConfig faces;

    RecognitionController(SubmissionReader bodies, RecognizeAgain recognition, FacesConfig faces) {
        this.bodies = bodies;
        this.recognition = recognition;
        this.faces = faces;
    }

    /**
     * Which photos to recognize.
     *
     * @param owner id of the account that uploaded them; left out for the photos of all users
     * @param after {@code next} of the page before; left out for the first page
     */
    @Schema(name = "Recognize")
    record Form(@Nullable String owner, @Nullable String after) {}

    /**
     * What was sent to the rekognizer.
     *
     * @param photos how many photos
     * @param faces how many enrolled faces; they are sent with the first page
     * @param next send it as {@code after} to go on; left out on the last page
     */
    @Schema(name = "Recognized")
    record Sent(long photos, long faces, @Nullable String next) {}

    /** Sends a page of photos, and the enrolled faces, to the rekognizer once more. */
    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "recognizePhotos",
            summary = "Have photos recognized again",
            description =
                    "Sends up to 500 photos to the rekognizer, and with the first of them the faces that are enrolled."
                            + " Where nothing has changed, it answers from what it has kept, and asks the provider"
                            + " nothing.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Form.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Kafka has these photos and faces",
            content = @Content(schema = @Schema(implementation = Sent.class)))
    Sent recognize(HttpRequest<?> request) {
        if (!faces.areOn()) {
            throw new ProblemException(
                    GatewayProblem.FACES_OFF,
                    "This deployment does not look for faces. SLUICE_FACES=on turns them on.");
        }
        var form = bodies.read(request, FIELDS, (submission, errors) -> {
            var read = new Form(text(OWNER, submission, errors), text(AFTER, submission, errors));
            errors.throwIfAny();
            return read;
        });
        var page = recognition.send(form.owner(), form.after());
        return new Sent(page.photos(), page.faces(), page.next());
    }

    private static @Nullable String text(String field, Submission submission, FieldErrors errors) {
        var text =
                errors.check(() -> String.valueOf(submission.single(field) == null ? "" : submission.text(field)), "");
        return text.isEmpty() ? null : errors.check(() -> Checks.text(field, text, PhotoSaved.MAX_ID), text);
    }
}
