package io.sluice.gateway.principal;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the address of a caller, also behind proxies that we trust. Each proxy adds the address that it was called from
 * at the end of {@code X-Forwarded-For}. So the caller is the last address there that is not a trusted proxy. What
 * stands before it was written by the caller, and is ignored.
 */
@Singleton
final class CallerAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<Network> proxies;

    CallerAddress(ProxyConfig config) {
        this.proxies = config.networks();
    }

    String of(HttpRequest<?> request) {
        var remote = request.getRemoteAddress();
        if (remote.getAddress() == null) {
            return remote.getHostString();
        }
        return caller(remote.getAddress(), request.getHeaders().getAll(FORWARDED_FOR))
                .getHostAddress();
    }

    private InetAddress caller(InetAddress remote, List<String> forwardedFor) {
        var caller = remote;
        var path = forwardedFor.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .toList();
        for (var entry : path.reversed()) {
            var before = isProxy(caller) ? address(entry.strip()) : Optional.<InetAddress>empty();
            if (before.isEmpty()) {
                return caller;
            }
            caller = before.get();
        }
        return caller;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    /** {@return the address of an entry, which may have a port; empty for a name and for {@code unknown}} */
    private static Optional<InetAddress> address(String entry) {
        try {
            return Optional.of(InetAddress.ofLiteral(withoutPort(entry)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutPort(String entry) {
        var colon = entry.indexOf(':');
        if (entry.startsWith("[")) {
            return entry.substring(1, Math.max(1, entry.indexOf(']')));
        }
        return colon > 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
    }
}
