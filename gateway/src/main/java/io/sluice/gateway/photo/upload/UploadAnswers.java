package io.sluice.gateway.photo.upload;

import io.micronaut.http.HttpResponse;
import io.sluice.gateway.photo.PhotoProblem;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an upload.
 *
 * @param photos the outcome of each file, in order
 */
@Schema(name = "UploadedPhotos")
record UploadAnswers(List<UploadAnswer> photos) {
    UploadAnswers {
        photos = List.copyOf(photos);
    }

    /**
     * Problem details of an upload of which every file is rejected.
     *
     * @param errors what is wrong with each file
     * @param photos the outcome of each file, in order
     */
    @Schema(name = "RejectedPhotos")
    record Refusal(
            String type,
            String title,
            int status,
            @Nullable String detail,
            String code,
            List<FieldError> errors,
            List<UploadAnswer> photos) {
        Refusal {
            errors = List.copyOf(errors);
            photos = List.copyOf(photos);
        }
    }

    /**
     * {@return 202, or 422 when every file is rejected}
     *
     * @throws io.sluice.web.problem.ProblemException when there is no file
     */
    static HttpResponse<?> response(List<UploadAnswer> photos) {
        if (photos.isEmpty()) {
            var errors = new FieldErrors();
            errors.add(UploadForm.FILES, "is required");
            errors.throwIfAny();
        }
        return photos.stream().allMatch(UploadAnswer::isRejected)
                ? HttpResponse.unprocessableEntity()
                        .contentType(Problem.MEDIA_TYPE)
                        .body(refusal(photos))
                : HttpResponse.accepted().body(new UploadAnswers(photos));
    }

    private static Refusal refusal(List<UploadAnswer> photos) {
        var errors = photos.stream().flatMap(UploadAnswers::errors).toList();
        var first = Objects.requireNonNull(photos.getFirst().error()).message();
        var detail = photos.size() == 1
                ? "The photo was not accepted: " + first
                : "None of the %d photos was accepted. The first one: %s".formatted(photos.size(), first);
        var problem = Problem.of(PhotoProblem.NO_PHOTO_ACCEPTED, detail);
        return new Refusal(
                problem.type(), problem.title(), problem.status(), problem.detail(), problem.code(), errors, photos);
    }

    private static Stream<FieldError> errors(UploadAnswer answer) {
        var error = Objects.requireNonNull(answer.error());
        return error.errors() == null
                ? Stream.of(new FieldError(UploadForm.FILES, error.message()))
                : error.errors().stream();
    }
}
