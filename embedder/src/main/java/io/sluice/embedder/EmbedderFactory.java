package io.sluice.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.embedder.image.ImageDecoder;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.images.ImageInspector;
import io.sluice.images.ImageInspector.Limits;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import jakarta.inject.Singleton;
import java.util.List;

/** The parts of the embedder. What is closed waits for what is in flight in it. */
@Factory
final class EmbedderFactory {
    private static final Limits LIMITS = Limits.ofDefaults();

    @Singleton
    EmbeddingModel model(EmbedderConfig config, SluiceConfig sluice) {
        var model = Models.load(config, sluice.index());
        // the first run of a network is slow, and nobody should have to wait for it
        model.embedTexts(List.of("warm up"));
        return model;
    }

    @Singleton
    CpuPool pool(EmbedderConfig config, MeterRegistry meters) {
        var pool = new CpuPool(config.threads());
        meters.gauge("sluice.decodes.stuck", pool, CpuPool::stuck);
        return pool;
    }

    @Singleton
    @Bean(preDestroy = "close")
    ModelWorkers workers(EmbeddingModel model, CpuPool pool, EmbedderConfig config) {
        return new ModelWorkers(model, new ImageDecoder(new ImageInspector(LIMITS)), pool, config.decodeLimit());
    }

    @Singleton
    @Bean(preDestroy = "close")
    PictureLoader pictures(ObjectStore objects, ModelWorkers workers, EmbedderConfig config) {
        return new PictureLoader(objects, workers, LIMITS.maxBytes(), config.fetches());
    }

    @Singleton
    Vectors vectors(ModelWorkers workers, PictureLoader pictures, EmbeddingCache cache, MeterRegistry meters) {
        return new Vectors(workers, pictures, cache, new ImageErrors().or(new S3Errors()), meters);
    }

    @Singleton
    ProductEmbedder embedder(EmbeddingModel model, Vectors vectors, SluiceConfig sluice) {
        return new ProductEmbedder(model, vectors, Topics.productVectors(sluice.index()));
    }
}
