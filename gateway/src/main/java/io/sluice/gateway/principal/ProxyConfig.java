package io.sluice.gateway.principal;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * The proxies in front of the gateway, under {@code sluice}.
 *
 * @param trustedProxies addresses of proxies in front of the gateway, or networks such as {@code 10.0.0.0/8}, separated
 *     by commas. For a request from one of them, the address of the caller is read from {@code X-Forwarded-For};
 *     otherwise that header is ignored
 */
@ConfigurationProperties("sluice")
record ProxyConfig(@Bindable(defaultValue = "") List<String> trustedProxies) {
    ProxyConfig {
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .toList();
        for (var proxy : trustedProxies) {
            if (Network.parse(proxy).isEmpty()) {
                throw new IllegalArgumentException("sluice.trusted-proxies (SLUICE_TRUSTED_PROXIES) must be addresses,"
                        + " or networks such as 10.0.0.0/8, separated by commas; one is '" + proxy + "'");
            }
        }
    }

    List<Network> networks() {
        return trustedProxies.stream()
                .flatMap(proxy -> Network.parse(proxy).stream())
                .toList();
    }
}
