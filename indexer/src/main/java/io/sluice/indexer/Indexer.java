package io.sluice.indexer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.stores.postgres.Postgres;
import java.util.Map;

/** The indexer as a process of its own: its pipelines, and HTTP only for health and metrics. */
public final class Indexer {
    private Indexer() {}

    /** Runs an indexer, configured by the environment, until the process is told to stop. */
    public static void main(String[] args) {
        ServiceProcess.run(() -> start(Map.of()), _ -> {});
    }

    /**
     * Starts an indexer and returns when it runs. Closing the context finishes the batch in hand, then stops the
     * indexer.
     *
     * @param properties settings that override the environment
     * @throws RuntimeException when the indexer cannot work with its configuration; the message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("indexer", "sluice.indexer.port", 8082, Map.of()).start(properties, context -> {
            context.getBean(Postgres.class).awaitReady();
            context.getBean(EmbeddedServer.class).start();
        });
    }
}
