package io.sluice.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.Map;

/** The HTTP gateway as a process of its own. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice",
                        version = "v1",
                        description =
                                "Save products and find them by text or picture. Import rows from spreadsheets. Follow the"
                                        + " job of each request."))
public final class Gateway {
    private static final ServiceContext SERVICE = new ServiceContext(
            "gateway",
            "sluice.http.port",
            8080,
            Map.of(
                    // Each call limits its own body; a bulk body may have any length.
                    "micronaut.server.max-request-size",
                    Long.MAX_VALUE,
                    "micronaut.server.idle-timeout",
                    "2m",
                    // The gateway's own guard answers pages of other origins, with a problem as the body.
                    "micronaut.server.cors.localhost-pass-through",
                    true,
                    "micronaut.security.enabled",
                    true,
                    // Unknown paths are 404 for everybody.
                    "micronaut.security.reject-not-found",
                    false,
                    "micronaut.security.endpoints.introspection.enabled",
                    false,
                    // A caller is waiting, so a store that does not answer within these times counts as unavailable.
                    "s3.attempt-timeout",
                    "4s",
                    "s3.timeout",
                    "8s",
                    "qdrant.timeout",
                    "5s",
                    "database.answer-timeout",
                    "5s"));

    private Gateway() {}

    /**
     * Starts a gateway and returns when it accepts requests. Closing the context stops the gateway.
     *
     * @param properties settings that override the environment
     */
    public static ApplicationContext start(Map<String, Object> properties) {
        return SERVICE.start(properties, context -> {
            context.getBean(Startup.class).begin();
            context.getBean(EmbeddedServer.class).start();
            context.getBean(Startup.class).awaitReady();
        });
    }

    public static void main(String[] args) {
        ServiceProcess.run(() -> start(Map.of()), _ -> {});
    }
}
