package io.sluice.embedder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.embedder.http.EmbedController;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.stores.vectors.VectorStore;
import io.sluice.stores.vectors.VectorStore.IndexMismatchException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedder as a process of its own. */
public final class Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(Embedder.class);

    private Embedder() {}

    /**
     * Starts an embedder and returns when it serves. Closing the context stops it, and returns when no vector is being
     * computed any more.
     *
     * @param properties settings that win over the environment
     * @throws IllegalStateException when it cannot start as it is configured; the message is one sentence that says what
     *     to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("embedder", "sluice.embedder.port", 8081, defaults()).start(properties, context -> {
            var model = context.getBean(ModelWorkers.class).model();
            requireFittingIndex(context, model);
            context.getBean(EmbeddedServer.class).start();
        });
    }

    /**
     * Vectors of other dimensions than the index holds would all be dead-lettered by the indexer. A vector store that does
     * not answer is no reason not to start: nothing here needs it.
     */
    private static void requireFittingIndex(ApplicationContext context, EmbeddingModel model) {
        var index = context.getBean(SluiceConfig.class).index();
        Optional<Map<String, Integer>> held;
        try {
            held = context.getBean(VectorStore.class).dimensions(index);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the index was not looked at");
            return;
        }
        held.filter(dimensions -> !dimensions.equals(model.dimensions())).ifPresent(dimensions -> {
            throw new IndexMismatchException(index, dimensions, model.dimensions());
        });
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "micronaut.server.max-request-size", EmbedController.MAX_BODY,
                "micronaut.server.max-request-buffer-size", EmbedController.MAX_BODY);
    }

    /** Runs the embedder, configured by environment, until it is told to stop. */
    public static void main(String[] args) {
        try {
            ServiceProcess.run(() -> start(Map.of()), _ -> {});
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
