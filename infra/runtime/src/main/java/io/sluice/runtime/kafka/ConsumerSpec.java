package io.sluice.runtime.kafka;

import java.util.Map;

/**
 * The consumer that somebody wants.
 *
 * @param name what the deployment may set for it alone: everything under {@code kafka.consumers.<name>}
 * @param work what it does, and what tells it from the service's other consumers; becomes a part of its client id
 * @param defaults settings that the deployment may change
 * @param ours settings that correctness depends on: they win over the deployment's
 */
public record ConsumerSpec(String name, String work, Map<String, Object> defaults, Map<String, Object> ours) {
    public ConsumerSpec {
        defaults = Map.copyOf(defaults);
        ours = Map.copyOf(ours);
    }
}
