package io.sluice.gateway;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.sluice.stores.accounts.Role;
import jakarta.inject.Singleton;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Accounts by their word: the token {@code producer:ada} is that of the producer ada. */
@Singleton
@Requires(property = TestTokens.ON)
final class TestTokens implements AuthenticationFetcher<HttpRequest<?>> {
    static final String ON = "test.tokens";

    static String token(Role role, String id) {
        return "Bearer " + role.title() + ":" + id;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        return Mono.justOrEmpty(request.getHeaders().getAuthorization())
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()).split(":", 2))
                .map(parts -> Authentication.build(parts[1], List.of(parts[0])));
    }
}
