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

/** product-vectors.&lt;index&gt;.v1 → ledger → vector store → the job is done */
@Factory
final class IndexerPipeline {
    @Singleton
    Pipeline<ProductVectors> pipeline(
            SluiceConfig sluice, IndexerConfig config, ProductLedger ledger, VectorStore vectors) {
        return Pipeline.named("indexer")
                .inGroup("indexer-" + sluice.index())
                .from(Topics.productVectors(sluice.index()))
                .inBatchesOf(config.batchSize())
                .completes(JobKind.PRODUCT, "indexed")
                .dependsOn(ledger, vectors)
                .translating(StoreErrors.table())
                .handledBy(new ProductIndexer(sluice.index(), ledger, vectors), RetryPolicy.ofDefaults());
    }
}
