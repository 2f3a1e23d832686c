package io.sluice.runtime.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Records the settings of Kafka clients. A client passes all its settings to every class in its
 * {@code metric.reporters}.
 */
public final class RecordingReporter implements MetricsReporter {
    private static final Map<String, Map<String, Object>> SETTINGS = new ConcurrentHashMap<>();

    /** {@return the settings of each client that was made, by its client id} */
    static Map<String, Map<String, Object>> settings() {
        return SETTINGS;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        SETTINGS.put(String.valueOf(configs.get("client.id")), Map.copyOf(configs));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
}
