package io.sluice.gateway.face;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Reads the form with a selfie and the consent of the person that it shows. */
@Singleton
final class FaceForm {
    private static final String FILE = "file";
    private static final String CONSENT = "consent";

    /** The largest picture, and as much again as the rest of the form may take. */
    private static final long MAX_BODY = ImageGuard.MAX_BYTES + 64 * 1024;

    static final BodyFields FIELDS =
            new BodyFields(FormLimits.ofBody(MAX_BODY), List.of(CONSENT), List.of(FILE), Map.of());

    private static final String WHAT_CONSENT_MEANS =
            "must be true. It says that the person in the picture agrees that their face is sent to Amazon Rekognition, kept"
                    + " there, and compared with the faces in all photos of this deployment, until they delete it";

    private final ImageGuard guard;

    FaceForm(ImageGuard guard) {
        this.guard = guard;
    }

    /**
     * {@return the picture}
     *
     * @param errors the errors of other fields
     * @throws ProblemException {@code CONSENT_REQUIRED}, or why a field or the picture is refused
     */
    UploadedImage read(Submission submission, FieldErrors errors) {
        var consent = errors.check(() -> String.valueOf(submission.text(CONSENT)), "");
        if (!submission.texts(FILE).isEmpty()) {
            errors.add(FILE, "must be a file");
        } else if (submission.file(FILE).isEmpty()) {
            errors.add(FILE, "is required");
        }
        errors.throwIfAny();
        if (!consent.equals("true")) {
            throw new ProblemException(
                    Problem.of(FaceProblem.CONSENT_REQUIRED, CONSENT + " " + WHAT_CONSENT_MEANS + ".")
                            .withErrors(List.of(new FieldError(CONSENT, WHAT_CONSENT_MEANS))));
        }
        return guard.check(FILE, submission.file(FILE).orElseThrow().bytes(), errors)
                .orElseThrow();
    }

    /** Describes the form in the OpenAPI document. */
    @Schema(name = "FaceForm", description = "A picture of your own face, with nobody else in it.")
    record Fields(
            @Schema(
                    type = "string",
                    format = "binary",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "a JPEG, PNG, WebP or GIF, at most 15 MB and 50 megapixels")
            String file,

            @Schema(type = "boolean", requiredMode = Schema.RequiredMode.REQUIRED, description = WHAT_CONSENT_MEANS)
            String consent) {}
}
