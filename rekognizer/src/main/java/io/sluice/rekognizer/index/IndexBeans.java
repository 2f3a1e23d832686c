package io.sluice.rekognizer.index;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.RekognitionConfig;
import io.sluice.stores.face.FaceResults;
import jakarta.inject.Singleton;

/** Indexing and forgetting faces as beans. */
@Factory
final class IndexBeans {
    @Singleton
    @Bean(preDestroy = "close")
    Leases leases(FaceResults results) {
        return new Leases(results);
    }

    @Singleton
    FaceForgetter forgetter(FaceResults results, FaceService service, Leases leases) {
        return new FaceForgetter(results, service, leases);
    }

    @Singleton
    ImageIndexer indexer(
            FaceResults results,
            FaceService service,
            FaceForgetter forgetter,
            RekognitionConfig config,
            MeterRegistry meters) {
        return new ImageIndexer(results, service, forgetter, config.collection(), meters);
    }
}
