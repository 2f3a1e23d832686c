package io.sluice.indexer;

import io.micronaut.context.annotation.Factory;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.ledger.ProductLedger;
import io.sluice.stores.vectors.VectorStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** product-vectors.&lt;index&gt;.v1 → ledger → vector store → the job is done */
@Factory
final class IndexerPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(IndexerPipeline.class);

    /** The pipeline, once its index is known to be the one that is served: nothing is consumed before. */
    @Singleton
    Pipeline<ProductVectors> pipeline(
            SluiceConfig sluice, IndexerConfig config, ProductLedger ledger, VectorStore vectors) {
        requireServed(sluice.index(), vectors);
        return Pipeline.named("indexer")
                .inGroup("indexer-" + sluice.index())
                .from(Topics.productVectors(sluice.index()))
                .inBatchesOf(config.batchSize())
                .completes(JobKind.PRODUCT, "indexed")
                .dependsOn(ledger, vectors)
                .translating(StoreErrors.table())
                .handledBy(new ProductIndexer(sluice.index(), ledger, vectors), RetryPolicy.ofDefaults());
    }

    /**
     * Nobody would find what is written to an index that search does not serve. A vector store that does not answer is no
     * reason not to start: the pipeline waits for it.
     */
    private static void requireServed(String index, VectorStore vectors) {
        Optional<String> answer;
        try {
            // not by its probe, whose deadline a cold client on a busy machine misses: the check would be skipped
            answer = vectors.servedIndex();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the vector store does not answer yet");
            return;
        }
        answer.filter(served -> !served.equals(index)).ifPresent(served -> {
            throw new IllegalStateException(
                    "Search serves the index '%s', and this indexer is set to write '%s': set SLUICE_INDEX to %s and EMBEDDER_MODEL to its model, or begin anew with empty stores (locally: another SLUICE_DATA_DIR)"
                            .formatted(served, index, served));
        });
    }
}
