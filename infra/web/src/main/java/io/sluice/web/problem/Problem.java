package io.sluice.web.problem;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * <p>What its fields mean stands in annotations: the OpenAPI documents of the servers are made where Javadoc of another
 * module cannot be seen.
 */
@Schema(description = "Problem details (RFC 9457).")
public record Problem(
        @Schema(description = "always `about:blank`: what tells problems apart is the code")
        String type,

        @Schema(description = "the kind of problem, for people")
        String title,

        @Schema(description = "the HTTP status") int status,

        @Schema(description = "this occurrence, for people") @Nullable String detail,

        @Schema(
                description =
                        "the kind of problem, for programs; a kind of ours, an image's refusal or a job's failure")
        String code,

        @Schema(description = "the fields that are wrong, every one of them") @Nullable List<FieldError> errors,

        @Schema(description = "the job that did not succeed, or that an idempotency key stands for") @Nullable String jobId) {
    /** Media type of every problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER = "Retry-After";
    private static final String SECONDS_OF_AN_OUTAGE = "5";
    private static final String SECONDS_OF_A_CALL = "1";

    public Problem {
        errors = errors == null ? null : List.copyOf(errors);
    }

    /** {@return a problem of this kind} */
    public static Problem of(ProblemKind code, @Nullable String detail) {
        return of(code.status(), code.title(), code.name(), detail);
    }

    /** {@return a problem whose code is not one of the gateway's own} */
    public static Problem of(HttpStatus status, String title, String code, @Nullable String detail) {
        return new Problem("about:blank", title, status.getCode(), detail, code, null, null);
    }

    /** {@return the problem of a request with these wrong fields} */
    public static Problem ofFields(List<FieldError> errors) {
        var first = errors.getFirst();
        var detail = first.field() + " " + first.message();
        return of(WebProblem.VALIDATION_FAILED, detail).withErrors(errors);
    }

    /** {@return this problem, naming fields} */
    public Problem withErrors(List<FieldError> errors) {
        return new Problem(type, title, status, detail, code, errors, jobId);
    }

    /** {@return this problem, naming the job it became of} */
    public Problem withJob(String jobId) {
        return new Problem(type, title, status, detail, code, errors, jobId);
    }

    /** {@return the answer that tells it; what may pass by itself says when to come back} */
    public MutableHttpResponse<Problem> toResponse() {
        return fill(HttpResponse.status(HttpStatus.valueOf(status)));
    }

    MutableHttpResponse<Problem> fill(MutableHttpResponse<?> response) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            response.header(RETRY_AFTER, SECONDS_OF_AN_OUTAGE);
        } else if (status == HttpStatus.CONFLICT.getCode()) {
            response.header(RETRY_AFTER, SECONDS_OF_A_CALL);
        }
        return response.contentType(MEDIA_TYPE).body(this);
    }
}
