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
                                "Products in, vectors out; spreadsheets in, rows out: send, find, and follow what became"
                                        + " of a request."))
public final class Gateway {
    private static final ServiceContext SERVICE = new ServiceContext(
            "gateway",
            "sluice.http.port",
            8080,
            Map.of(
                    // Each call counts the bytes it reads; a bulk body may be of any length.
                    "micronaut.server.max-request-size", Long.MAX_VALUE,
                    "micronaut.server.idle-timeout", "2m",
                    // A caller is waiting: a store that does not answer soon is away.
                    "s3.attempt-timeout", "4s",
                    "s3.timeout", "8s",
                    "qdrant.timeout", "5s",
                    "database.answer-timeout", "5s"));

    private Gateway() {}

    /**
     * Starts a gateway and returns when it serves. Closing the context stops it.
     *
     * @param properties settings that win over the environment
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
