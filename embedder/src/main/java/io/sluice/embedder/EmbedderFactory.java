package io.sluice.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.IndexMismatchException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the embedder. What is closed waits for what is in flight in it. */
@Factory
final class EmbedderFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedderFactory.class);
    private static final Limits LIMITS = Limits.ofDefaults();

    /**
     * The model, once it is known to fit its index: everything that makes vectors needs it, so nothing is consumed before.
     */
    @Singleton
    EmbeddingModel model(EmbedderConfig config, SluiceConfig sluice, BeanProvider<VectorStore> store) {
        var model = Models.load(config, sluice.index());
        try {
            requireFitting(sluice.index(), model, store);
            // the first run of a network is slow, and nobody should have to wait for it
            model.embedTexts(List.of("warm up"));
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Vectors of other dimensions than the index holds would all be dead-lettered by the indexer. A vector store that does
     * not answer is no reason not to start: nothing here needs it.
     */
    private static void requireFitting(String index, EmbeddingModel model, BeanProvider<VectorStore> store) {
        Optional<Map<String, Integer>> held;
        try {
            held = store.get().dimensions(index);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the index was not looked at");
            return;
        }
        held.filter(dimensions -> !dimensions.equals(model.dimensions())).ifPresent(dimensions -> {
            throw new IndexMismatchException(index, dimensions, model.dimensions());
        });
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
