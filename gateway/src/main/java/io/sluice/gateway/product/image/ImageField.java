package io.sluice.gateway.product.image;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads the form field with the picture, which the forms of products and of searches share. */
@Singleton
public final class ImageField {
    /** The name of the field. */
    public static final String NAME = "image_file";

    /** The largest picture, and 1 MB for the other fields. */
    private static final int MAX_BODY = Math.toIntExact(ImageGuard.MAX_BYTES) + 1024 * 1024;

    /** The limits of a form with this field. */
    public static final FormLimits LIMITS =
            FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY);

    private final ImageGuard guard;

    public ImageField(ImageGuard guard) {
        this.guard = guard;
    }

    /**
     * Reads and checks the picture.
     *
     * @param errors the errors of the other fields; the picture's error is added to them
     * @throws ProblemException when any field is not valid; has the code of the refusal when only the picture is
     *     refused
     */
    public UploadedImage require(Submission submission, FieldErrors errors) {
        var image = find(submission, errors);
        if (submission.file(NAME).isEmpty() && submission.texts(NAME).isEmpty()) {
            errors.add(NAME, "is required");
        }
        errors.throwIfAny();
        return image.orElseThrow();
    }

    /** As {@link #require}, but the picture is optional. */
    public Optional<UploadedImage> allow(Submission submission, FieldErrors errors) {
        var image = find(submission, errors);
        errors.throwIfAny();
        return image;
    }

    private Optional<UploadedImage> find(Submission submission, FieldErrors errors) {
        if (!submission.texts(NAME).isEmpty()) {
            errors.add(NAME, "must be a file");
        }
        return submission.file(NAME).flatMap(file -> guard.check(NAME, file.bytes(), errors));
    }
}
