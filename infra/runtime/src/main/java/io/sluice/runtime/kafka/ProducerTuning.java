package io.sluice.runtime.kafka;

import java.util.Map;

/**
 * What a service wants of its producer otherwise than the other services do, such as to give up sooner. A service that
 * does has a bean of it.
 *
 * @param settings by Kafka's names; they win over the deployment's, and not over what the guarantees rest on
 */
public record ProducerTuning(Map<String, Object> settings) {
    public ProducerTuning {
        settings = Map.copyOf(settings);
    }

    /** {@return what a service wants that is as the others} */
    public static ProducerTuning none() {
        return new ProducerTuning(Map.of());
    }
}
