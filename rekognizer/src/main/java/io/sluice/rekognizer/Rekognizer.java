package io.sluice.rekognizer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.stores.postgres.Postgres;
import java.util.Map;

/** The rekognizer as a process of its own: its pipelines, and HTTP for health and metrics alone. */
public final class Rekognizer {
    private Rekognizer() {}

    /** Runs a rekognizer, configured by the environment, until the process is told to stop. */
    public static void main(String[] args) {
        ServiceProcess.run(() -> start(Map.of()), _ -> {});
    }

    /**
     * Starts a rekognizer and returns when it is ready. Closing the context finishes the batch in hand, then stops the
     * rekognizer.
     *
     * @param properties settings that override the environment
     * @throws RuntimeException when the configuration does not allow a start, as while {@code SLUICE_FACES} is off; the
     *     message says what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("rekognizer", "sluice.rekognizer.port", 8084, Map.of()).start(properties, context -> {
            context.getBean(Postgres.class).awaitReady();
            context.getBean(EmbeddedServer.class).start();
        });
    }
}
