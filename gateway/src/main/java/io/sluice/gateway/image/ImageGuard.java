package io.sluice.gateway.image;

import io.micronaut.http.HttpStatus;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Checks an uploaded picture before the gateway stores or publishes anything. */
@Singleton
public final class ImageGuard {
    /** The largest size of a picture, in bytes. */
    public static final long MAX_BYTES = ImageInspector.Limits.ofDefaults().maxBytes();

    private static final String TITLE = "The image was refused";

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());

    /**
     * {@return the picture; empty when it is refused}
     *
     * @param field the name of the form field with the picture
     * @param errors the errors of the other fields; when there are any, the picture's error is added to them
     * @throws ProblemException when the picture is refused and no other field is invalid; has the code of the refusal
     */
    public Optional<UploadedImage> check(String field, byte[] bytes, FieldErrors errors) {
        return switch (inspector.inspect(bytes)) {
            case Inspection.Accepted accepted ->
                Optional.of(new UploadedImage(bytes, accepted.format().mediaType()));
            case Inspection.Refused refused
            when errors.isEmpty() ->
                throw new ProblemException(
                        refusal(status(refused.code()), refused.code().name(), field, refused.reason()));
            case Inspection.Refused refused -> {
                errors.add(field, refused.reason());
                yield Optional.empty();
            }
        };
    }

    private static HttpStatus status(Inspection.Code code) {
        return code == Inspection.Code.IMAGE_TOO_LARGE
                ? HttpStatus.REQUEST_ENTITY_TOO_LARGE
                : HttpStatus.UNPROCESSABLE_ENTITY;
    }

    /** {@return the problem of a picture that was not read to its end, because it has too many bytes} */
    public static Problem tooLarge(String field) {
        var code = Inspection.Code.IMAGE_TOO_LARGE;
        return refusal(
                status(code), code.name(), field, "the image has more than the " + MAX_BYTES + " bytes that are taken");
    }

    /** {@return the problem of a refused picture} */
    public static Problem refusal(HttpStatus status, String code, String field, String reason) {
        return Problem.of(status, TITLE, code, reason).withErrors(List.of(new FieldError(field, reason)));
    }
}
