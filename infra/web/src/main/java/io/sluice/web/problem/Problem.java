package io.sluice.web.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * <p>Annotations describe the fields, because the OpenAPI documents are generated in the modules of the servers, where
 * the Javadoc of this module is not available.
 */
@Schema(description = "Problem details (RFC 9457).")
public record Problem(
        @Schema(description = "always `about:blank`; `code` tells which problem it is")
        String type,

        @Schema(description = "a short name of the kind of problem, for people")
        String title,

        @Schema(description = "the HTTP status") int status,

        @Schema(description = "what went wrong with this request, for people") @Nullable String detail,

        @Schema(
                description =
                        "the kind of problem, for programs: a code of this API, of a refused image, or of a failed job")
        String code,

        @Schema(description = "all invalid fields of the request") @Nullable List<FieldError> errors,

        @Schema(description = "where the newer version of the entity differs from the value that was sent") @Nullable List<FieldDifference> diff,

        @Schema(description = "the job that did not succeed, or the job that belongs to the idempotency key") @Nullable String jobId) {
    /** Media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String SECONDS_OF_AN_OUTAGE = "5";
    private static final String SECONDS_OF_A_CALL = "1";

    public Problem {
        errors = errors == null ? null : List.copyOf(errors);
        diff = diff == null ? null : List.copyOf(diff);
    }

    /** {@return a problem of this kind} */
    public static Problem of(ProblemKind code, @Nullable String detail) {
        return of(code.status(), code.title(), code.name(), detail);
    }

    /** {@return a problem with a code that is not a {@link ProblemKind}, such as that of a refused image} */
    public static Problem of(HttpStatus status, String title, String code, @Nullable String detail) {
        return new Problem("about:blank", title, status.getCode(), detail, code, null, null, null);
    }

    /** {@return the problem of a request with these invalid fields} */
    public static Problem ofFields(List<FieldError> errors) {
        var first = errors.getFirst();
        var detail = first.field() + " " + first.message();
        return of(WebProblem.VALIDATION_FAILED, detail).withErrors(errors);
    }

    /** {@return this problem with invalid fields} */
    public Problem withErrors(List<FieldError> errors) {
        return new Problem(type, title, status, detail, code, errors, diff, jobId);
    }

    /** {@return this problem with the differences from the newer version of an entity} */
    public Problem withDiff(List<FieldDifference> diff) {
        return new Problem(type, title, status, detail, code, errors, diff, jobId);
    }

    /** {@return this problem with a job id} */
    public Problem withJob(String jobId) {
        return new Problem(type, title, status, detail, code, errors, diff, jobId);
    }

    /**
     * Returns the HTTP answer with this problem as its body. A 503 and a 409 have a {@code Retry-After} header, a 401
     * has {@code WWW-Authenticate}.
     */
    public MutableHttpResponse<Problem> toResponse() {
        return fill(HttpResponse.status(HttpStatus.valueOf(status)));
    }

    MutableHttpResponse<Problem> fill(MutableHttpResponse<?> response) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            response.header(HttpHeaders.RETRY_AFTER, SECONDS_OF_AN_OUTAGE);
        } else if (status == HttpStatus.CONFLICT.getCode()) {
            response.header(HttpHeaders.RETRY_AFTER, SECONDS_OF_A_CALL);
        } else if (status == HttpStatus.UNAUTHORIZED.getCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.contentType(MEDIA_TYPE).body(this);
    }
}
