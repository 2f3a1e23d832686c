package io.sluice.rekognizer.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.stores.face.FaceTables;
import jakarta.inject.Singleton;

/** The searcher as a bean. */
@Factory
final class SearchBeans {
    @Singleton
    FaceSearcher searcher(FaceTables tables, FaceService service, FaceThreshold threshold, MeterRegistry meters) {
        return new FaceSearcher(tables, service, threshold, meters);
    }
}
