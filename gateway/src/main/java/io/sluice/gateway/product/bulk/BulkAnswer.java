package io.sluice.gateway.product.bulk;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one item; one line of the answer.
 *
 * @param line the line of the body with the item, or in a JSON array the number of the item; counted from 1
 * @param productId left out when it cannot be read from the item
 * @param status {@code queued} when the item is stored durably, else {@code rejected}
 * @param jobId the job that shows the progress; left out when the item is rejected
 * @param error why the item is rejected; left out when it is queued
 */
@Schema(name = "BulkAnswer")
record BulkAnswer(
        long line,
        @Nullable String productId,
        String status,
        @Nullable String jobId,
        BulkAnswer.@Nullable Rejection error) {

    /**
     * Why an item is rejected.
     *
     * @param code the reason for programs, as in problem details
     * @param message the reason for people
     * @param retryable whether the same item may be accepted a little later
     * @param errors every invalid field; left out when no field is the reason
     */
    @Schema(name = "BulkRejection")
    record Rejection(
            String code,
            String message,
            boolean retryable,
            @Nullable List<FieldError> errors) {
        public Rejection {
            errors = errors == null ? null : List.copyOf(errors);
        }
    }

    static BulkAnswer queued(long line, @Nullable String productId, String jobId) {
        return new BulkAnswer(line, productId, "queued", jobId, null);
    }

    static BulkAnswer rejected(long line, @Nullable String productId, Problem problem) {
        var message = Objects.requireNonNullElse(problem.detail(), problem.title());
        var retryable = problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
                || problem.status() == HttpStatus.REQUEST_TIMEOUT.getCode()
                || problem.status() == HttpStatus.CONFLICT.getCode();
        var rejection = new Rejection(problem.code(), message, retryable, problem.errors());
        return new BulkAnswer(line, productId, "rejected", null, rejection);
    }
}
