package io.sluice.gateway.problem;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why one item of a call with many is rejected.
 *
 * @param code the reason for programs, as in problem details
 * @param message the reason for people
 * @param retryable whether the same item may be accepted a little later
 * @param errors every invalid field; left out when no field is the reason
 */
@Schema(name = "Rejection")
public record ItemRejection(
        String code,
        String message,
        boolean retryable,
        @Nullable List<FieldError> errors) {
    private static final Set<HttpStatus> RETRYABLE = Set.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            HttpStatus.REQUEST_TIMEOUT,
            HttpStatus.CONFLICT,
            HttpStatus.TOO_MANY_REQUESTS);

    public ItemRejection {
        errors = errors == null ? null : List.copyOf(errors);
    }

    /** {@return the rejection of an item that this problem concerns} */
    public static ItemRejection of(Problem problem) {
        return new ItemRejection(
                problem.code(),
                Objects.requireNonNullElse(problem.detail(), problem.title()),
                RETRYABLE.contains(HttpStatus.valueOf(problem.status())),
                problem.errors());
    }
}
