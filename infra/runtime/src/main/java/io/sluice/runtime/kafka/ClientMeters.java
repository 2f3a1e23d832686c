package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the metrics of a service's Kafka clients in its registry, tagged with their client ids. A new client with the
 * id of an earlier one takes its place. Safe for use by many threads.
 */
@Singleton
final class ClientMeters {
    static final List<Tag> NO_TAGS = List.of();

    private final @Nullable MeterRegistry registry;
    private final Map<String, KafkaClientMetrics> shown = new HashMap<>();

    ClientMeters(@Nullable MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param client what measures it; its own thread looks for new metrics, and ends when it is closed */
    synchronized void show(String clientId, Supplier<KafkaClientMetrics> client) {
        if (registry == null) {
            return;
        }
        var before = shown.remove(clientId);
        if (before != null) {
            before.close();
        }
        var metrics = client.get();
        metrics.bindTo(registry);
        shown.put(clientId, metrics);
    }

    @PreDestroy
    synchronized void close() {
        shown.values().forEach(KafkaClientMetrics::close);
        shown.clear();
    }
}
