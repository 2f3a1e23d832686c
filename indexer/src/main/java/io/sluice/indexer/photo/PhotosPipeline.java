package io.sluice.indexer.photo;

import io.micronaut.context.annotation.Factory;
import io.sluice.indexer.IndexerConfig;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.FacesConfig;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.Source;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.photo.PhotoLedger;
import jakarta.inject.Singleton;

/**
 * photos.v1 → the photo's row, at once; prepared-photos.v1 → its preview and thumbnail in the row; photo-faces.v1 → its
 * faces in the row. The last of them that the deployment has ends the photo's job.
 */
@Factory
final class PhotosPipeline {

    @Singleton
    Pipeline<PhotoSaved> photos(IndexerConfig config, PhotoLedger ledger, ObjectRemover remover) {
        // the preparer moves records to the partitions of their keys
        return from(Source.besidesItsMover(Topics.PHOTOS), Topics.PHOTO_INDEXER, config, ledger)
                .reports(JobKind.PHOTO, "saved")
                .handledBy(handler(PhotoEntries::uploaded, ledger, remover), RetryPolicy.ofDefaults());
    }

    @Singleton
    Pipeline<PreparedPhoto> preparedPhotos(
            IndexerConfig config, FacesConfig faces, PhotoLedger ledger, ObjectRemover remover) {
        BatchHandler<PreparedPhoto> indexer = handler(PhotoEntries::prepared, ledger, remover);
        return ending(
                        from(Source.of(Topics.PREPARED_PHOTOS), Topics.PREPARED_PHOTO_INDEXER, config, ledger),
                        "indexed",
                        !faces.areOn())
                .emits(Topics.PREPARED_PHOTOS)
                .handledBy(new LatePhotos<>(ledger, indexer, DerivedPhotos.PREPARED), RetryPolicy.ofDefaults());
    }

    @Singleton
    Pipeline<PhotoFaces> faces(IndexerConfig config, FacesConfig faces, PhotoLedger ledger, ObjectRemover remover) {
        BatchHandler<PhotoFaces> indexer = handler(PhotoEntries::recognized, ledger, remover);
        return ending(
                        from(Source.of(Topics.PHOTO_FACES), Topics.FACE_INDEXER, config, ledger),
                        "recognized",
                        faces.areOn())
                .emits(Topics.PHOTO_FACES)
                .handledBy(new LatePhotos<>(ledger, indexer, DerivedPhotos.FACES), RetryPolicy.ofDefaults());
    }

    private static <E extends Event> Pipeline.Builder<E> from(
            Source<E> source, String name, IndexerConfig config, PhotoLedger ledger) {
        return Pipeline.named(name)
                .from(source)
                .inBatchesOf(config.batchSize())
                .dependsOn(ledger)
                .translating(StoreErrors.table());
    }

    private static <E extends Event> Pipeline.Builder<E> ending(
            Pipeline.Builder<E> builder, String stage, boolean isLast) {
        return isLast ? builder.completes(JobKind.PHOTO, stage) : builder.reports(JobKind.PHOTO, stage);
    }

    private static <E extends Event> BatchHandler<E> handler(
            PhotoEntries<E> entries, PhotoLedger ledger, ObjectRemover remover) {
        return new PhotoIndexer<>(entries, ledger, remover);
    }
}
