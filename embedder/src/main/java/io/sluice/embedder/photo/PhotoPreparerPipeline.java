package io.sluice.embedder.photo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.embedder.ImageErrors;
import io.sluice.embedder.NewerVersions;
import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** photos.v1 → prepare → prepared-photos.v1 */
@Factory
final class PhotoPreparerPipeline {
    /** Few, because the offset moves on when the last of them is done. */
    private static final int BATCH = 8;

    private static final FailureTranslator ERRORS = new ImageErrors().or(new S3Errors());

    @Singleton
    Pipeline<PhotoSaved> pipeline(PhotoPreparer preparer, ObjectStore objects) {
        return Pipeline.named(Topics.PHOTO_PREPARER)
                .from(Topics.PHOTOS)
                .inBatchesOf(BATCH)
                .emits(Topics.PREPARED_PHOTOS)
                .reports(JobKind.PHOTO, "prepared")
                .dependsOn(objects)
                .translating(ERRORS)
                .handledBy(preparer, RetryPolicy.ofDefaults());
    }

    @Singleton
    @Bean(preDestroy = "close")
    PhotoPreparer preparer(
            PhotoRenderer renderer,
            @Named(Postgres.FOR_CACHE) PhotoLedger ledger,
            PhotoConfig config,
            MeterRegistry meters) {
        var newer = new NewerVersions<PhotoSaved>(ids -> versions(ledger, ids));
        var old = new OldPhotos(newer, ledger::noteUnnamed);
        return new PhotoPreparer(renderer, old, ERRORS, config.atOnce(), meters);
    }

    @Singleton
    PhotoRenderer renderer(ObjectStore objects, ImageWorkers workers, Clock clock) {
        return new PhotoRenderer(objects, workers, clock);
    }

    private static Map<String, Long> versions(PhotoLedger ledger, Collection<String> ids) {
        var versions = new HashMap<String, Long>();
        ledger.find(ids).forEach((id, row) -> versions.put(id, row.version()));
        return versions;
    }
}
