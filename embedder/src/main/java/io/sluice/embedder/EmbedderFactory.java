package io.sluice.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ImageWorkers;
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
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.IndexMismatchException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the beans of the embedder. Closing a bean waits for its work in flight. */
@Factory
final class EmbedderFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedderFactory.class);
    private static final Limits LIMITS = Limits.ofDefaults();

    /**
     * Loads the model, and checks that it fits its index. Every bean that makes vectors needs the model, so the
     * embedder consumes nothing before the check.
     */
    @Singleton
    EmbeddingModel model(EmbedderConfig config, SluiceConfig sluice, BeanProvider<VectorStore> store) {
        var model = Models.load(config, sluice.index());
        try {
            requireFitting(sluice.index(), model, store);
            // the first run of a network is slow, so it must not be the run of a query
            model.embedTexts(List.of("warm up"));
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Requires that the model makes vectors of the dimensions that the index has; otherwise the indexer would send all
     * of them to the dead letters. When the vector store does not answer, the embedder starts without this check,
     * because it needs the store for nothing else.
     */
    private static void requireFitting(String index, EmbeddingModel model, BeanProvider<VectorStore> store) {
        Optional<Map<String, Integer>> held;
        try {
            held = store.get().dimensions(index);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the dimensions of the index were not checked");
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
    ImageWorkers images(CpuPool pool, EmbedderConfig config) {
        return new ImageWorkers(new ImageDecoder(new ImageInspector(LIMITS)), pool, config.decodeLimit());
    }

    @Singleton
    @Bean(preDestroy = "close")
    ModelWorkers workers(EmbeddingModel model, ImageWorkers images, CpuPool pool) {
        return new ModelWorkers(model, images, pool);
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

    private static Map<String, Long> versions(ProductLedger ledger, Collection<String> ids) {
        var versions = new HashMap<String, Long>();
        ledger.newest(ids).forEach((id, entry) -> versions.put(id, entry.version()));
        return versions;
    }

    @Singleton
    ProductEmbedder embedder(
            EmbeddingModel model,
            Vectors vectors,
            @Named(Postgres.FOR_CACHE) ProductLedger ledger,
            SluiceConfig sluice) {
        return new ProductEmbedder(
                model,
                vectors,
                new NewerVersions<>(ids -> versions(ledger, ids)),
                Topics.productVectors(sluice.index()));
    }
}
