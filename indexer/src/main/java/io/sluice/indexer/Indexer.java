package io.sluice.indexer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.stores.postgres.Postgres;
import java.util.HashMap;
import java.util.Map;

/** The indexer as a service: the pipeline, and HTTP for its health and metrics alone. */
public final class Indexer {
    private Indexer() {}

    /** Runs the indexer, configured by environment, until it is told to stop. */
    public static void main(String[] args) {
        start(Map.of());
    }

    /**
     * Starts the indexer and returns when it works and answers for its health.
     *
     * @param properties go before those of the environment
     * @throws RuntimeException when it cannot work as configured; its message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put("sluice.service", "indexer");
        all.put("micronaut.application.name", "sluice-indexer");
        all.putIfAbsent("micronaut.server.host", "${sluice.bind:127.0.0.1}");
        all.putIfAbsent("micronaut.server.port", "${sluice.indexer.port:8082}");
        var context = ApplicationContext.builder()
                .properties(all)
                .eagerInitSingletons(true)
                .banner(false)
                .start();
        try {
            context.getBean(Postgres.class).awaitReady();
            context.getBean(EmbeddedServer.class).start();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }
}
