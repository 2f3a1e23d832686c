package io.sluice.runtime.process;

import static java.util.Map.entry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How every service starts, alone in its JVM or beside others: what wins over what, what all have in common, and one
 * sentence when it cannot.
 *
 * @param name of the service, by which its beans know that they are wanted
 * @param portSetting the setting that moves its HTTP port, such as {@code sluice.http.port}
 * @param defaultPort where it listens otherwise
 * @param defaults what the environment wins over
 */
public record ServiceContext(String name, String portSetting, int defaultPort, Map<String, Object> defaults) {
    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 100;

    public ServiceContext {
        defaults = Map.copyOf(defaults);
    }

    /**
     * Starts the service and returns when it has begun. Closing the context stops it.
     *
     * @param overrides what wins over the environment
     * @param begin what makes the context serve; when it throws, the context is closed
     * @throws RuntimeException when it cannot start; the message is fit for the person at the keyboard
     */
    public ApplicationContext start(Map<String, Object> overrides, Consumer<ApplicationContext> begin) {
        var all = new HashMap<>(common());
        all.putAll(defaults);
        all.putAll(RenamedSettings.setIn(System.getenv()));
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
            throw StartErrors.explain(e, name, portSetting);
        }
    }

    private Map<String, Object> common() {
        return Map.ofEntries(
                entry("sluice.service", name),
                entry("micronaut.application.name", name),
                entry("micronaut.server.host", "${sluice.bind:127.0.0.1}"),
                entry("micronaut.server.port", "${" + portSetting + ":" + defaultPort + "}"),
                entry("endpoints.all.sensitive", false),
                entry("endpoints.health.details-visible", "ANONYMOUS"),
                entry("kafka.bootstrap.servers", "localhost:9092"),
                entry("kafka.health-timeout", "3s"),
                // Kafka's clients are measured by Micrometer's own names, as Kafka Streams is.
                entry("micronaut.metrics.binders.kafka.enabled", false));
    }
}
