package io.sluice.indexer;

import io.micronaut.context.annotation.Factory;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.product.ProductLedger;
import jakarta.inject.Singleton;
import java.time.Clock;

/** import-rows.v1 → the tables of the kinds, or products.v1 → the outcome of each row in its import */
@Factory
final class RowsPipeline {
    /** Makes the pipeline. First it prepares a table for every kind; nothing is consumed before. */
    @Singleton
    Pipeline<ImportRow> rows(
            IndexerConfig config, Postgres postgres, RowStore rows, ImportKinds kinds, RowIndexer indexer) {
        postgres.awaitReady();
        var withTable = kinds.all().stream().filter(RowsPipeline::hasTable).toList();
        withTable.forEach(rows::prepare);
        rows.moveKeys(withTable);
        return writing(rows, indexer, config.rowBatchSize());
    }

    static Pipeline<ImportRow> writing(RowStore rows, RowIndexer indexer, int batchSize) {
        return Pipeline.named("row-indexer")
                .from(Topics.IMPORT_ROWS)
                .inBatchesOf(batchSize)
                .emits(Topics.PRODUCTS)
                .emits(Topics.JOB_EVENTS)
                .reportsFailures(JobKind.IMPORT)
                .dependsOn(rows)
                .translating(StoreErrors.table().or(ProductForwarder.ERRORS))
                .handledBy(indexer, RetryPolicy.inPlace());
    }

    @Singleton
    ProductForwarder forwarder(RowStore rows, ImportLedger imports, ProductLedger products, EventPublisher publisher) {
        return new ProductForwarder(rows, imports, products, publisher);
    }

    @Singleton
    RowIndexer indexer(RowStore rows, ImportLedger imports, ImportKinds kinds, ProductForwarder products, Clock clock) {
        return new RowIndexer(rows, imports, new RowClassifier(kinds), products, clock);
    }

    private static boolean hasTable(ImportKind kind) {
        return kind.target() == Target.TABLE;
    }
}
