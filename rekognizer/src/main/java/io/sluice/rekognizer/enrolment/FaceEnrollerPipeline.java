package io.sluice.rekognizer.enrolment;

import io.micronaut.context.annotation.Factory;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceErrors;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.index.ImageIndexer;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;

/** face-enrolments.v1 → index the selfie, or remove it → search for the user → the job is done */
@Factory
final class FaceEnrollerPipeline {
    private static final FailureTranslator ERRORS = new FaceServiceErrors().or(StoreErrors.table());

    @Singleton
    Pipeline<FaceEnrolled> pipeline(
            FaceEnroller enroller, FaceService faces, FaceResults results, ObjectStore objects) {
        return Pipeline.named(Topics.FACE_ENROLLER)
                .from(Topics.FACE_ENROLMENTS)
                .dependsOn(faces, results, objects)
                .completes(JobKind.FACE_ENROLMENT, "enrolled")
                .translating(ERRORS)
                .handledBy(batch -> batch.stream().map(enroller::handle).toList(), RetryPolicy.ofDefaults());
    }

    @Singleton
    FaceEnroller enroller(
            SelfieRenderer renderer,
            ImageIndexer indexer,
            FaceSearcher searcher,
            FaceForgetter forgetter,
            FaceEnroller.Users users) {
        return new FaceEnroller(renderer, indexer, searcher, forgetter, users);
    }

    @Singleton
    FaceEnroller.Users users(FaceEnrolments enrolments, FaceThreshold threshold) {
        return new FaceEnroller.Users(enrolments, threshold);
    }

    @Singleton
    SelfieRenderer renderer(ObjectStore objects) {
        return new SelfieRenderer(objects, new ImageDecoder(new ImageInspector(Limits.ofDefaults())));
    }
}
