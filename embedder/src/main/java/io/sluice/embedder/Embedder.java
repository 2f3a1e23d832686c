package io.sluice.embedder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.embedder.http.EmbedController;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.sluice.schemas.text.VisibleText;
import java.util.Map;

/** The embedder as a process of its own. */
public final class Embedder {
    private Embedder() {}

    /**
     * Starts an embedder and returns when it accepts requests. Closing the context stops the embedder, and returns when
     * it computes no more vectors.
     *
     * @param properties settings that override the environment
     * @throws IllegalStateException when it cannot start with this configuration; the message is one sentence that says
     *     what to do
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return new ServiceContext("embedder", "sluice.embedder.port", 8081, defaults()).start(properties, context -> {
            context.getBean(ModelWorkers.class);
            context.getBean(EmbeddedServer.class).start();
        });
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "micronaut.server.max-request-size", EmbedController.MAX_BODY,
                "micronaut.server.max-request-buffer-size", EmbedController.MAX_BODY);
    }

    /** Runs the embedder, configured by environment variables, until the process gets a signal to stop. */
    public static void main(String[] args) {
        try {
            ServiceProcess.run(() -> start(Map.of()), _ -> {});
        } catch (IllegalStateException e) {
            System.err.println(VisibleText.oneLine(String.valueOf(e.getMessage())));
            System.exit(1);
        }
    }
}
