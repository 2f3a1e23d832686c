package io.sluice.gateway;

import static java.util.Map.entry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.runtime.process.ServiceProcess;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.util.Map;

/** The HTTP gateway as a process of its own. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice",
                        version = "v1",
                        description =
                                "Save products and find them by text or picture. Import rows from spreadsheets. Follow the"
                                        + " job of each request."),
        security = @SecurityRequirement(name = "account"))
@SecurityScheme(
        name = "account",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "An access token from POST /api/login, or an API key. While producers are open, the calls for"
                + " products, search, imports, rows and jobs need none.")
public final class Gateway {
    private static final ServiceContext SERVICE = new ServiceContext(
            "gateway",
            "sluice.http.port",
            8080,
            Map.ofEntries(
                    // Each call limits its own body; a bulk body may have any length.
                    entry("micronaut.server.max-request-size", Long.MAX_VALUE),
                    entry("micronaut.server.idle-timeout", "2m"),
                    // Netty hands bodies on in pieces of 8 KB unless told otherwise; each wakes two threads.
                    entry("micronaut.server.netty.max-chunk-size", 65_536),
                    // The gateway decodes bodies itself, because this decoding does not notice a body that is cut
                    // short.
                    entry("micronaut.server.netty.request-decompression-enabled", false),
                    // In a query string, only & separates parameters, so a value may have a semicolon.
                    entry("micronaut.server.semicolon-is-normal-char", true),
                    // The gateway's own guard answers pages of other origins, with a problem as the body.
                    entry("micronaut.server.cors.localhost-pass-through", true),
                    entry("micronaut.security.enabled", true),
                    // Unknown paths are 404 for everybody.
                    entry("micronaut.security.reject-not-found", false),
                    // Only our own token fetcher reads tokens: Micronaut's would take a JWT without a signature.
                    entry("micronaut.security.token.enabled", false),
                    entry("micronaut.security.endpoints.introspection.enabled", false),
                    // A caller is waiting, so a store that does not answer within these times counts as unavailable.
                    entry("s3.attempt-timeout", "4s"),
                    entry("s3.timeout", "8s"),
                    entry("qdrant.timeout", "5s"),
                    entry("database.answer-timeout", "5s")));

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
