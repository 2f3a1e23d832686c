package io.sluice.indexer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.vectors.VectorStore;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The indexer as a process of its own: its pipeline, and HTTP for health and metrics alone. */
public final class Indexer {
    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private Indexer() {}

    /** Runs an indexer, configured by the environment, until it is told to stop. */
    public static void main(String[] args) {
        ServiceProcess.run(() -> start(Map.of()), _ -> {});
    }

    /**
     * Starts an indexer and returns when it works. Closing the context stops it, when the batch in hand is finished.
     *
     * @param properties settings that win over the environment
     * @throws RuntimeException when it cannot work as it is configured; the message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("indexer", "sluice.indexer.port", 8082, Map.of()).start(properties, context -> {
            context.getBean(Postgres.class).awaitReady();
            requireServedIndex(context);
            context.getBean(EmbeddedServer.class).start();
        });
    }

    /**
     * Nobody would find what is written to an index that search does not serve. A vector store that does not answer is no
     * reason not to start: the pipeline waits for it.
     */
    private static void requireServedIndex(ApplicationContext context) {
        var index = context.getBean(SluiceConfig.class).index();
        Optional<String> answer;
        try {
            // not by its probe, whose deadline a cold client on a busy machine misses: the check would be skipped
            answer = context.getBean(VectorStore.class).servedIndex();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("answer", e.toString()).log("the vector store does not answer yet");
            return;
        }
        answer.filter(served -> !served.equals(index)).ifPresent(served -> {
            throw new IllegalStateException(
                    "Search serves the index '%s', and this indexer is set to write '%s': set SLUICE_INDEX to %s and EMBEDDER_MODEL to its model, or begin anew with empty stores (locally: another SLUICE_DATA_DIR)"
                            .formatted(served, index, served));
        });
    }
}
