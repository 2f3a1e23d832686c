package io.sluice.indexer;

import io.micronaut.context.annotation.Factory;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * product-vectors.&lt;index&gt;.v1 → ledger → vector store → the job is done; products that an older version came after
 * go back to the embedder
 */
@Factory
final class IndexerPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(IndexerPipeline.class);

    /**
     * Makes the pipeline. A job is complete when a search can find its product. So only the indexer of the index that
     * searches read reports to jobs. An indexer for another index builds its index beside that one; a job must not end
     * as dead when only that indexer refuses its product.
     */
    @Singleton
    Pipeline<ProductVectors> pipeline(
            SluiceConfig sluice, IndexerConfig config, ProductLedger ledger, VectorStore vectors) {
        var index = sluice.index();
        var writing = Pipeline.named("indexer")
                .inGroup("indexer-" + index)
                .from(Topics.productVectors(index))
                .inBatchesOf(config.batchSize())
                .emits(Topics.productsToEmbedAgain(index))
                .dependsOn(ledger, vectors)
                .translating(StoreErrors.table());
        return withJobReports(index, vectors, writing)
                .handledBy(new ProductIndexer(index, ledger, vectors), RetryPolicy.ofDefaults());
    }

    private static Pipeline.Builder<ProductVectors> withJobReports(
            String index, VectorStore vectors, Pipeline.Builder<ProductVectors> writing) {
        var served = served(vectors);
        if (served.isEmpty() || served.get().equals(index)) {
            return writing.completes(JobKind.PRODUCT, "indexed");
        }
        LOG.atWarn()
                .addKeyValue("index", index)
                .addKeyValue("served", served.get())
                .log(
                        "search serves another index: this indexer builds its index beside it, and reports nothing to jobs");
        return writing.reportsNothing();
    }

    /**
     * Returns the index that searches read. The indexer starts even when the vector store does not answer: then it
     * takes its own index to be the one that searches read, and the pipeline waits for the store.
     */
    private static Optional<String> served(VectorStore vectors) {
        try {
            // not the probe: a cold client on a busy machine misses its deadline, and the check would be skipped
            return vectors.servedIndex().map(VectorStore.ServedIndex::name);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the vector store does not answer yet");
            return Optional.empty();
        }
    }
}
