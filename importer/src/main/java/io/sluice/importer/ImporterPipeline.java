package io.sluice.importer;

import io.micronaut.context.annotation.Factory;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;

/** imports.v1 → read the whole file → its rows and an end marker on import-rows.v1; the job gets the number of rows */
@Factory
final class ImporterPipeline {
    @Singleton
    Pipeline<ImportRequested> pipeline(ImportReader reader, ObjectStore objects, ImportLedger ledger) {
        return Pipeline.named("importer")
                .from(Topics.IMPORTS)
                .inBatchesOf(1)
                .emits(Topics.IMPORT_ROWS)
                .emits(Topics.JOB_EVENTS)
                .reportsFailures(JobKind.IMPORT)
                .dependsOn(objects, ledger)
                .translating(new RowPublisherErrors().or(StoreErrors.table()))
                .handledBy(reader, RetryPolicy.inPlace());
    }
}
