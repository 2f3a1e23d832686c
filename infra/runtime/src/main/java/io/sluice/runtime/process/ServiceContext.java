package io.sluice.runtime.process;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How every service starts, alone in its JVM or beside others: what wins over what, and what it has in common. */
public final class ServiceContext {
    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 100;

    private ServiceContext() {}

    /**
     * Starts a service and returns when it has begun. Closing the context stops it.
     *
     * @param name of the service, by which its beans know that they are wanted
     * @param defaults what the environment wins over
     * @param overrides what wins over the environment
     * @param begin what makes the context serve; when it throws, the context is closed
     */
    public static ApplicationContext start(
            String name,
            Map<String, Object> defaults,
            Map<String, Object> overrides,
            Consumer<ApplicationContext> begin) {
        var all = new HashMap<>(common(name));
        all.putAll(defaults);
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .eagerInitConfiguration(true)
                .propertySources(PropertySource.of(name, all, BELOW_ENVIRONMENT))
                .properties(overrides)
                .build();
        try {
            context.start();
            begin.accept(context);
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static Map<String, Object> common(String name) {
        return Map.of(
                "sluice.service",
                name,
                "micronaut.application.name",
                name,
                "micronaut.server.host",
                "${sluice.bind:127.0.0.1}",
                "endpoints.all.sensitive",
                false,
                "endpoints.health.details-visible",
                "ANONYMOUS");
    }
}
