package io.sluice.gateway.principal;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/** Determines the sender of each request before any other code handles it. No other code determines senders. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PrincipalFilter implements Ordered {
    @RequestFilter
    void identify(HttpRequest<?> request) {
        request.setAttribute(Principal.ATTRIBUTE, Principal.anonymous(address(request)));
    }

    private static String address(HttpRequest<?> request) {
        var remote = request.getRemoteAddress();
        return remote.getAddress() == null
                ? remote.getHostString()
                : remote.getAddress().getHostAddress();
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }
}
