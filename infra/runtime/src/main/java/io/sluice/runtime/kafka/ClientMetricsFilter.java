package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Leaves out the metrics that Kafka's clients have for each broker, and those for each partition except its lag. They
 * would be about a hundred lines for each consumer, and nobody reads them.
 */
@Singleton
final class ClientMetricsFilter implements MeterFilter {
    private static final Set<String> OF_BROKERS =
            Set.of("kafka.consumer.node.", "kafka.producer.node.", "kafka.admin.client.node.");
    private static final Set<String> OF_PARTITIONS = Set.of(
            "kafka.consumer.fetch.manager.records.lag.avg",
            "kafka.consumer.fetch.manager.records.lead.avg",
            "kafka.consumer.fetch.manager.preferred.read.replica");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return isMatch(OF_BROKERS, id) || isMatch(OF_PARTITIONS, id) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private static boolean isMatch(Set<String> beginnings, Meter.Id id) {
        return id.getName().startsWith("kafka.") && beginnings.stream().anyMatch(id.getName()::startsWith);
    }
}
