package io.sluice.gateway.product.bulk;

import io.sluice.gateway.problem.ItemRejection;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one item; one line of the answer.
 *
 * @param line the line of the body with the item, or in a JSON array the number of the item; counted from 1
 * @param productId left out when it cannot be read from the item
 * @param status {@code queued} when the item is stored durably, else {@code rejected}
 * @param jobId the job that shows the progress; left out when the item is rejected
 * @param warnings what the sender may have meant otherwise; left out when there is nothing
 * @param error why the item is rejected; left out when it is queued
 */
@Schema(name = "BulkAnswer")
record BulkAnswer(
        long line,
        @Nullable String productId,
        String status,
        @Nullable String jobId,
        @Nullable List<String> warnings,
        @Nullable ItemRejection error) {
    BulkAnswer {
        warnings = warnings == null ? null : List.copyOf(warnings);
    }

    static BulkAnswer queued(long line, @Nullable String productId, String jobId, List<String> warnings) {
        return new BulkAnswer(line, productId, "queued", jobId, warnings.isEmpty() ? null : warnings, null);
    }

    static BulkAnswer rejected(long line, @Nullable String productId, Problem problem) {
        return new BulkAnswer(line, productId, "rejected", null, null, ItemRejection.of(problem));
    }
}
