package io.sluice.gateway.product.bulk;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item; one line of the answer.
 *
 * @param line where the item is: the line of the body, or in a JSON array the number of the item; from 1
 * @param productId left out when the item has none that can be read
 * @param status {@code queued} when nothing can lose it any more, else {@code rejected}
 * @param jobId tells the rest; left out when rejected
 * @param error why it is rejected
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
     * @param code as in problem details
     * @param message for people
     * @param retryable whether the same item may be taken a little later
     * @param errors every wrong field; left out when it is not about fields
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
