package io.sluice.gateway.product.image;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The one field that the forms of products and searches take a picture in. */
@Singleton
public final class ImageField {
    /** Its name. */
    public static final String NAME = "image_file";

    /** The picture, and room for the other fields. */
    private static final int MAX_BODY = Math.toIntExact(ImageGuard.MAX_BYTES) + 1024 * 1024;

    /** What a form with this field may have. */
    public static final FormLimits FORM =
            FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY);

    private final ImageGuard guard;

    public ImageField(ImageGuard guard) {
        this.guard = guard;
    }

    /** {@return whether anything came in this field} */
    public static boolean isSent(Submission submission) {
        return submission.file(NAME).isPresent()
                || submission.fields().getOrDefault(NAME, List.of()).stream().anyMatch(value -> !value.isNull());
    }

    /**
     * Finds and judges the picture among the fields.
     *
     * @param errors what is wrong with the other fields: what is wrong with the picture joins them
     * @throws ProblemException when anything is wrong; when it is the picture alone, with the refusal's own code
     */
    public UploadedImage require(Submission submission, FieldErrors errors) {
        var image = find(submission, errors);
        if (submission.file(NAME).isEmpty() && submission.texts(NAME).isEmpty()) {
            errors.add(NAME, "is required");
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
        if (!submission.texts(NAME).isEmpty()) {
            errors.add(NAME, "must be a file");
        }
        return submission.file(NAME).flatMap(file -> guard.look(NAME, file.bytes(), errors));
    }
}
