package io.sluice.gateway.product.bulk;

import io.sluice.gateway.product.KeyedLines;
import io.sluice.gateway.product.ProductIndexing;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.web.body.JsonBody;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts an item and makes its answer. An error of one item affects the answer of this item only. */
@Singleton
final class ItemIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ItemIntake.class);

    private final JsonBody json;
    private final ProductIndexing products;

    ItemIntake(JsonBody json, ProductIndexing products) {
        this.json = json;
        this.products = products;
    }

    /**
     * Accepts an item. The returned future completes with the answer and never fails. One thread must pass all items of
     * a product, in order.
     *
     * @param lines the lines of the call, when the call has a key; an item that is sent again is recognized by its line
     */
    CompletableFuture<BulkAnswer> accept(Item item, Optional<KeyedLines> lines) {
        return switch (item) {
            case Item.Whole(var line, var bytes) -> accept(lines, line, bytes);
            case Item.TooLong(var line) ->
                rejected(
                        line,
                        WebProblem.BODY_TOO_LARGE,
                        "The item is larger than the " + ProductIndexing.MAX_BODY + " bytes that an item may have.");
            case Item.Broken(var line, var reason) ->
                rejected(line, WebProblem.MALFORMED_BODY, "Nothing from here on was read: " + reason + ".");
        };
    }

    private CompletableFuture<BulkAnswer> accept(Optional<KeyedLines> lines, long line, byte[] bytes) {
        String productId = null;
        try {
            var submission = json.parse(bytes, "item");
            var id = productId(submission);
            productId = id;
            return products.acceptLine(lines, line, submission)
                    .handle((accepted, thrown) -> thrown == null
                            ? BulkAnswer.queued(line, id, accepted.jobId(), accepted.warnings())
                            : BulkAnswer.rejected(line, id, problem(thrown)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(BulkAnswer.rejected(line, productId, problem(e)));
        }
    }

    private static CompletableFuture<BulkAnswer> rejected(long line, ProblemKind code, String detail) {
        return CompletableFuture.completedFuture(BulkAnswer.rejected(line, null, Problem.of(code, detail)));
    }

    private static @Nullable String productId(Submission submission) {
        var id = submission.fields().getOrDefault("product_id", List.of());
        return id.size() == 1
                        && id.getFirst().isTextual()
                        && id.getFirst().textValue().length() <= ProductSaved.MAX_ID
                ? id.getFirst().textValue()
                : null;
    }

    private static Problem problem(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ProblemException refused) {
            return refused.problem();
        }
        LOG.atError().setCause(cause).log("item failed");
        return Problem.of(WebProblem.INTERNAL_ERROR, "The item was not accepted.");
    }
}
