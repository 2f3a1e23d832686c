package io.sluice.runtime.process;

import static java.util.Map.entry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts a service, alone in its JVM or beside others. Sets which settings win over which, and the settings that all
 * services share. When the service cannot start, it says why in one sentence.
 *
 * @param name the name of the service; its beans require it in {@code sluice.service}
 * @param portSetting the setting of its HTTP port, such as {@code sluice.http.port}
 * @param defaultPort the HTTP port when that setting is absent
 * @param defaults settings of the service; environment variables, also those of an {@code .env} file, win
 *     over them
 */
public record ServiceContext(String name, String portSetting, int defaultPort, Map<String, Object> defaults) {
    private static final int BELOW_ENVIRONMENT = EnvironmentPropertySource.POSITION - 1;
    private static final int DEFAULTS = BELOW_ENVIRONMENT - 100;

    public ServiceContext {
        defaults = Map.copyOf(defaults);
    }

    /**
     * Starts the service and returns once {@code begin} has returned. Closing the context stops the service.
     *
     * @param overrides settings that win over environment variables
     * @param begin makes the context serve; when it throws, the context is closed
     * @throws RuntimeException when the service cannot start; the message tells the user what to do
     */
    public ApplicationContext start(Map<String, Object> overrides, Consumer<ApplicationContext> begin) {
        return start(ProcessEnvironment.read(), overrides, begin);
    }

    ApplicationContext start(
            ProcessEnvironment environment, Map<String, Object> overrides, Consumer<ApplicationContext> begin) {
        var all = new HashMap<>(common());
        all.putAll(defaults);
        environment.log();
        environment.lendToAwsSdk();
        var old = RenamedSettings.setIn(environment.variables());
        old.forEach(setting -> all.put(setting.setting(), setting.value()));
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .eagerInitConfiguration(true)
                .propertySources(PropertySource.of(name, all, DEFAULTS), environment.source(BELOW_ENVIRONMENT))
                .properties(overrides)
                .build();
        try {
            context.start();
            begin.accept(context);
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw StartErrors.explain(e, name, portSetting, old);
        }
    }

    private Map<String, Object> common() {
        return Map.ofEntries(
                entry("sluice.service", name),
                entry("micronaut.application.name", name),
                entry("micronaut.server.host", "${sluice.bind:127.0.0.1}"),
                entry("micronaut.server.port", "${" + portSetting + ":" + defaultPort + "}"),
                // The framework's other endpoints show or change the inside of the process.
                entry("endpoints.all.enabled", false),
                entry("endpoints.all.sensitive", false),
                entry("endpoints.health.enabled", true),
                entry("endpoints.prometheus.enabled", true),
                entry("endpoints.health.details-visible", "ANONYMOUS"),
                // In one JVM with the gateway, micronaut-security is on the class path of every service.
                entry("micronaut.security.enabled", false),
                entry("kafka.bootstrap.servers", "localhost:9092"),
                entry("kafka.health-timeout", "3s"),
                // ClientMeters shows the metrics of Kafka's clients, under Micrometer's own names, as for Kafka
                // Streams.
                entry("micronaut.metrics.binders.kafka.enabled", false));
    }
}
