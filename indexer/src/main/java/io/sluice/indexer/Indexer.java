package io.sluice.indexer;

import static java.util.Map.entry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.Service;
import io.sluice.stores.postgres.Postgres;
import java.util.Map;

/** The indexer as a process of its own: its pipeline, and HTTP for health and metrics alone. */
public final class Indexer {
    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 100;

    private Indexer() {}

    /** Runs an indexer, configured by the environment, until it is told to stop. */
    public static void main(String[] args) {
        Service.run(start(Map.of()));
    }

    /**
     * Starts an indexer and returns when it works. Closing the context stops it, when the batch in hand is finished.
     *
     * @param properties settings that win over the environment
     * @throws RuntimeException when it cannot work as it is configured; the message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .eagerInitConfiguration(true)
                .propertySources(PropertySource.of("indexer", defaults(), BELOW_ENVIRONMENT))
                .properties(properties)
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

    private static Map<String, Object> defaults() {
        return Map.ofEntries(
                entry("sluice.service", "indexer"),
                entry("micronaut.application.name", "indexer"),
                entry("micronaut.server.host", "${sluice.bind:127.0.0.1}"),
                entry("micronaut.server.port", "${sluice.indexer.port:8082}"),
                entry("endpoints.all.sensitive", false),
                entry("endpoints.health.details-visible", "ANONYMOUS"));
    }
}
