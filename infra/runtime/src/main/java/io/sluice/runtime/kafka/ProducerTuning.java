package io.sluice.runtime.kafka;

import java.util.Map;

/**
 * Producer settings of one service that differ from those of the other services, such as a shorter timeout. Such a
 * service has a bean of this type.
 *
 * @param settings the settings by Kafka's names; they win over the deployment's, but not over those that the guarantees
 *     need
 */
public record ProducerTuning(Map<String, Object> settings) {
    public ProducerTuning {
        settings = Map.copyOf(settings);
    }

    /** {@return the tuning of a service that changes nothing} */
    public static ProducerTuning none() {
        return new ProducerTuning(Map.of());
    }
}
