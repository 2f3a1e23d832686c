package io.sluice.gateway.image;

import io.micronaut.http.HttpStatus;
import io.sluice.gateway.problem.FieldError;
import io.sluice.gateway.problem.FieldErrors;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.FormLimits;
import io.sluice.gateway.upload.Submission;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Looks at an uploaded picture before anything is stored or published. */
@Singleton
public final class ImageGuard {
    /** The multipart field that pictures come in. */
    public static final String FIELD = "image_file";

    /** Most bytes a body with a picture may have: the picture's limit, and room for the other fields. */
    private static final int MAX_BODY =
            Math.toIntExact(ImageInspector.Limits.ofDefaults().maxBytes()) + 1024 * 1024;

    /** What a form with one picture may have. */
    public static final FormLimits FORM =
            FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY);

    private static final String TITLE = "The image was refused";

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());

    /** {@return whether anything came in the field that pictures come in} */
    public static boolean isSent(Submission submission) {
        return submission.file(FIELD).isPresent()
                || submission.fields().getOrDefault(FIELD, List.of()).stream().anyMatch(value -> !value.isNull());
    }

    /**
     * Finds and judges the picture among the fields.
     *
     * @param errors what is wrong with the other fields: what is wrong with the picture joins them
     * @throws ProblemException when anything is wrong; when it is the picture alone, with the refusal's own code
     */
    public UploadedImage require(Submission submission, FieldErrors errors) {
        var image = find(submission, errors);
        if (submission.file(FIELD).isEmpty() && submission.texts(FIELD).isEmpty()) {
            errors.add(FIELD, "is required");
        }
        errors.throwIfAny();
        return image.orElseThrow();
    }

    /** As {@link #require}, and there need not be one. */
    public Optional<UploadedImage> allow(Submission submission, FieldErrors errors) {
        var image = find(submission, errors);
        errors.throwIfAny();
        return image;
    }

    private Optional<UploadedImage> find(Submission submission, FieldErrors errors) {
        if (!submission.texts(FIELD).isEmpty()) {
            errors.add(FIELD, "must be a file");
        }
        return submission.file(FIELD).flatMap(file -> judge(file.bytes(), errors));
    }

    private Optional<UploadedImage> judge(byte[] bytes, FieldErrors errors) {
        return switch (inspector.inspect(bytes)) {
            case Inspection.Accepted accepted ->
                Optional.of(new UploadedImage(bytes, accepted.format().mediaType()));
            case Inspection.Refused refused when errors.isEmpty() -> throw refusal(refused);
            case Inspection.Refused refused -> {
                errors.add(FIELD, refused.reason());
                yield Optional.empty();
            }
        };
    }

    private static ProblemException refusal(Inspection.Refused refused) {
        var status = refused.code() == Inspection.Code.IMAGE_TOO_LARGE
                ? HttpStatus.REQUEST_ENTITY_TOO_LARGE
                : HttpStatus.UNPROCESSABLE_ENTITY;
        return new ProblemException(refusal(status, refused.code().name(), refused.reason()));
    }

    /** {@return the problem of a picture that is not taken} */
    public static Problem refusal(HttpStatus status, String code, String reason) {
        return Problem.of(status, TITLE, code, reason).withErrors(List.of(new FieldError(FIELD, reason)));
    }
}
