package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows the metrics of a service's Kafka clients in its registry, tagged with their client ids. A client that is made anew
 * under its id takes the place of the one before. Safe for use by many threads.
 */
@Singleton
final class ClientMeters {
    static final List<Tag> NO_TAGS = List.of();

    private final @Nullable MeterRegistry registry;
    /** Looks for what a client measures since a while, such as the lag of partitions it got; one thread for all clients. */
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-client-metrics").factory());

    private final Map<String, KafkaClientMetrics> shown = new HashMap<>();

    ClientMeters(@Nullable MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void show(String clientId, Function<ScheduledExecutorService, KafkaClientMetrics> client) {
        if (registry == null) {
            return;
        }
        var metrics = client.apply(scheduler);
        var before = shown.put(clientId, metrics);
        if (before != null) {
            before.close();
        }
        metrics.bindTo(registry);
    }

    @PreDestroy
    synchronized void close() {
        shown.values().forEach(KafkaClientMetrics::close);
        shown.clear();
        scheduler.shutdownNow();
    }
}
