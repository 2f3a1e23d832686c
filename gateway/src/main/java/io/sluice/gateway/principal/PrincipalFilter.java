package io.sluice.gateway.principal;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.authentication.Authentication;

/** Determines the sender of each request before any other code handles it. No other code determines senders. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PrincipalFilter implements Ordered {
    /** The attribute of an {@link Authentication} with the name for people. Its own name is the account's id. */
    private static final String NAME = "name";

    private final CallerAddress addresses;

    PrincipalFilter(CallerAddress addresses) {
        this.addresses = addresses;
    }

    @RequestFilter
    void identify(HttpRequest<?> request) {
        var address = addresses.of(request);
        var principal = request.getUserPrincipal(Authentication.class)
                .map(account -> of(account, address))
                .orElseGet(() -> Principal.anonymous(address));
        request.setAttribute(Principal.ATTRIBUTE, principal);
    }

    private static Principal of(Authentication account, String address) {
        var name = (String) account.getAttributes().getOrDefault(NAME, account.getName());
        return new Principal(account.getName(), name, Principal.roleOf(account), address);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
