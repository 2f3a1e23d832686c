package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Leaves out of the metrics of Kafka's clients what there is of each broker, and of each partition all but its lag: some
 * hundred lines a consumer that nobody would miss.
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
