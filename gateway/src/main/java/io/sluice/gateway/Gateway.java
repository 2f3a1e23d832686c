package io.sluice.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.gateway.image.ImageGuard;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.HashMap;
import java.util.Map;

/** The HTTP gateway as a process of its own. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice",
                        version = "v1",
                        description = "Products in, vectors out: index, find, and follow what became of a request."))
public final class Gateway {
    private Gateway() {}

    /**
     * Starts a gateway and returns when it serves. Closing the context stops it.
     *
     * @param properties settings that win over the environment
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        var all = new HashMap<>(defaults());
        all.putAll(properties);
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .eagerInitConfiguration(true)
                .properties(all)
                .start();
        try {
            context.getBean(Startup.class).begin();
            context.getBean(EmbeddedServer.class).start();
            context.getBean(Startup.class).awaitReady();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "sluice.service", "gateway",
                "micronaut.application.name", "gateway",
                "micronaut.server.host", "${sluice.bind:127.0.0.1}",
                "micronaut.server.port", "${sluice.http.port:8080}",
                // A call's own limit is lower or the same; this one ends what no call would read.
                "micronaut.server.max-request-size", ImageGuard.MAX_BODY + 1,
                "micronaut.server.idle-timeout", "2m",
                "endpoints.all.sensitive", false,
                "endpoints.health.details-visible", "ANONYMOUS",
                "endpoints.prometheus.sensitive", false);
    }

    public static void main(String[] args) {
        var context = start(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "stop"));
    }
}
