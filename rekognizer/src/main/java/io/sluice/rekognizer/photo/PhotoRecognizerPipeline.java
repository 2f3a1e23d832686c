package io.sluice.rekognizer.photo;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceErrors;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.index.ImageIndexer;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import jakarta.inject.Singleton;

/** prepared-photos.v1 → find faces, search for people → photo-faces.v1 */
@Factory
final class PhotoRecognizerPipeline {
    /** Two consumer threads with so many photos each keep the permitted calls busy until both batches are nearly done. */
    private static final int BATCH = 16;

    private static final FailureTranslator ERRORS = new FaceServiceErrors().or(StoreErrors.table());

    @Singleton
    Pipeline<PreparedPhoto> pipeline(
            PhotoRecognizer recognizer, FaceService faces, PhotoLedger ledger, ObjectStore objects) {
        return Pipeline.named(Topics.REKOGNIZER)
                .from(Topics.PREPARED_PHOTOS)
                .inBatchesOf(BATCH)
                .emits(Topics.PHOTO_FACES)
                .reports(JobKind.PHOTO, "matched")
                .dependsOn(faces, ledger, objects)
                .translating(ERRORS)
                .handledBy(recognizer, RetryPolicy.ofDefaults());
    }

    @Singleton
    @Bean(preDestroy = "close")
    PhotoRecognizer recognizer(PhotoLedger ledger, PreviewFaces faces, FaceForgetter forgetter) {
        return new PhotoRecognizer(ledger, faces, forgetter, ERRORS);
    }

    @Singleton
    PreviewFaces faces(
            ObjectStore objects,
            ImageIndexer indexer,
            FaceSearcher searcher,
            FaceForgetter forgetter,
            FaceService service) {
        return new PreviewFaces(objects, indexer, searcher, forgetter, service);
    }
}
