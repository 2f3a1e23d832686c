package io.sluice.importer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.stores.postgres.Postgres;
import java.util.Map;

/** The importer as a process of its own: its pipeline, and HTTP for health and metrics alone. */
public final class Importer {
    private Importer() {}

    /** Runs an importer, configured by the environment, until the process is told to stop. */
    public static void main(String[] args) {
        ServiceProcess.run(() -> start(Map.of()), _ -> {});
    }

    /**
     * Starts an importer and returns when it is ready. Closing the context stops the importer after the files that it
     * is reading.
     *
     * @param properties settings that override the environment
     * @throws RuntimeException when the configuration does not allow a start; the message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("importer", "sluice.importer.port", 8083, Map.of()).start(properties, context -> {
            context.getBean(Postgres.class).awaitReady();
            context.getBean(EmbeddedServer.class).start();
        });
    }
}
