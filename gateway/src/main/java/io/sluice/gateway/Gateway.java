package io.sluice.gateway;

import static java.util.Map.entry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.runtime.process.Service;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.Map;

/** The HTTP gateway as a process of its own. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice",
                        version = "v1",
                        description = "Products in, vectors out: index, find, and follow what became of a request."))
public final class Gateway {
    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 100;

    private Gateway() {}

    /**
     * Starts a gateway and returns when it serves. Closing the context stops it.
     *
     * @param properties settings that win over the environment
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .eagerInitConfiguration(true)
                .propertySources(PropertySource.of("gateway", defaults(), BELOW_ENVIRONMENT))
                .properties(properties)
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
        return Map.ofEntries(
                entry("sluice.service", "gateway"),
                entry("micronaut.application.name", "gateway"),
                entry("micronaut.server.host", "${sluice.bind:127.0.0.1}"),
                entry("micronaut.server.port", "${sluice.http.port:8080}"),
                // A call's own limit is lower or the same; this one ends what no call would read.
                entry("micronaut.server.max-request-size", ImageGuard.MAX_BODY + 1),
                entry("micronaut.server.idle-timeout", "2m"),
                // A caller is waiting: a store that does not answer soon is away.
                entry("s3.attempt-timeout", "4s"),
                entry("s3.timeout", "8s"),
                entry("qdrant.timeout", "5s"),
                entry("database.answer-timeout", "5s"),
                entry("endpoints.all.sensitive", false),
                entry("endpoints.health.details-visible", "ANONYMOUS"));
    }

    public static void main(String[] args) {
        Service.run(start(Map.of()));
    }
}
