package io.sluice.runtime.kafka;

import java.util.Map;

/**
 * Describes a consumer to be made.
 *
 * @param name its name in the settings: the deployment's settings under {@code kafka.consumers.<name>} are for it alone
 * @param work its work, which differs from that of the service's other consumers; a part of its client id
 * @param defaults settings that the deployment may change
 * @param ours settings that correctness depends on: they win over the deployment's
 */
public record ConsumerSpec(String name, String work, Map<String, Object> defaults, Map<String, Object> ours) {
    public ConsumerSpec {
        defaults = Map.copyOf(defaults);
        ours = Map.copyOf(ours);
    }
}
