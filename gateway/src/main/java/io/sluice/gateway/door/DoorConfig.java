package io.sluice.gateway.door;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Settings of who may call the gateway, under {@code sluice}.
 *
 * @param openProducers whether callers without a token may save and find products, import rows and follow jobs. For
 *     old clients on a network that you trust; {@code ./sluice up} sets it
 * @param hosts names of this gateway, separated by commas, without ports. While producers are open, a request without
 *     a token must name one of them, {@code localhost}, {@code 127.0.0.1}, {@code [::1]} or {@code SLUICE_BIND} as its
 *     {@code Host}
 */
@ConfigurationProperties("sluice")
record DoorConfig(
        @Bindable(defaultValue = "false") boolean openProducers,
        @Bindable(defaultValue = "") List<String> hosts) {
    DoorConfig {
        hosts = hosts.stream()
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
        for (var host : hosts) {
            if (Authority.parse(host).filter(named -> named.port().isEmpty()).isEmpty()) {
                throw new IllegalArgumentException(
                        "sluice.hosts must be names of hosts without ports, separated by commas; one is '" + host
                                + "'");
            }
        }
    }
}
