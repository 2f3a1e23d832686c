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

/** Looks at an uploaded picture before anything is stored or published, whatever it is a picture of. */
@Singleton
public final class ImageGuard {
    /** Most bytes a picture may have. */
    public static final long MAX_BYTES = ImageInspector.Limits.ofDefaults().maxBytes();

    private static final String TITLE = "The image was refused";

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());

    /**
     * {@return the picture; empty when it is refused}
     *
     * @param field that it came in
     * @param errors what is wrong with the other fields: what is wrong with the picture joins them
     * @throws ProblemException when nothing but the picture is wrong, with the refusal's own code
     */
    public Optional<UploadedImage> look(String field, byte[] bytes, FieldErrors errors) {
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

    /** {@return the problem of a picture that is not taken} */
    public static Problem refusal(HttpStatus status, String code, String field, String reason) {
        return Problem.of(status, TITLE, code, reason).withErrors(List.of(new FieldError(field, reason)));
    }
}
