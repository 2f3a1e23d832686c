package io.sluice.testkit;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Sample pipelines for tests of the runtime. */
final class Pipelines {
    static final Topic<ProductVectors> VECTORS = Topics.productVectors("test-1");
    static final RetryPolicy QUICK =
            new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(200));

    private Pipelines() {}

    /** {@return a pipeline from products to vectors} */
    static Pipeline<ProductSaved> embedding(int batchSize, BatchHandler<ProductSaved> handler) {
        return builder(batchSize).handledBy(handler, QUICK);
    }

    static Pipeline.Builder<ProductSaved> builder(int batchSize) {
        return Pipeline.named("embedder")
                .from(Topics.PRODUCTS)
                .inBatchesOf(batchSize)
                .emits(VECTORS)
                .reports("product", "embedded");
    }

    /** {@return a handler that handles each record on its own} */
    static BatchHandler<ProductSaved> each(Function<Received<ProductSaved>, Outcome> handler) {
        return batch -> batch.stream().map(handler).toList();
    }

    /** {@return the outcome that an embedder would return} */
    static Outcome embed(Received<ProductSaved> product) {
        var event = product.event();
        return event == null
                ? Outcome.emitTombstone(VECTORS, product.key())
                : Outcome.emit(VECTORS, Samples.vectors(event, 4));
    }

    static List<Outcome> embedAll(List<Received<ProductSaved>> batch) {
        return batch.stream().map(Pipelines::embed).toList();
    }
}
