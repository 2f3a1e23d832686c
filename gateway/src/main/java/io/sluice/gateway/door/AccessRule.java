package io.sluice.gateway.door;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import io.sluice.gateway.door.AccessTable.Line;
import io.sluice.gateway.principal.Principal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Decides by {@link AccessTable} whether a caller may make a call, before the body is read. The rule looks up the route
 * that the server found, not the path as it was sent, so no spelling of a path gets around it. A request without a
 * route passes: it becomes 404 or 405.
 */
@Singleton
final class AccessRule implements SecurityRule<HttpRequest<?>> {
    private final Router router;
    private final DoorConfig config;
    private final BrowserGuard guard;

    AccessRule(Router router, DoorConfig config, BrowserGuard guard) {
        this.router = router;
        this.config = config;
        this.guard = guard;
    }

    @Override
    public Publisher<SecurityRuleResult> check(@Nullable HttpRequest<?> request, @Nullable Authentication account) {
        return Mono.fromSupplier(() -> request == null || isAllowed(request, account)
                ? SecurityRuleResult.ALLOWED
                : SecurityRuleResult.REJECTED);
    }

    private boolean isAllowed(HttpRequest<?> request, @Nullable Authentication account) {
        var lines = lines(request);
        if (account == null && !areFor(Callers.MONITORS, lines)) {
            guard.check(request, areFor(Callers.EVERYBODY, lines), config.openProducers());
        }
        var role = account == null ? null : Principal.roleOf(account);
        return lines.stream()
                .allMatch(line -> line.filter(found -> found.callers().include(role, config.openProducers()))
                        .isPresent());
    }

    private static boolean areFor(Callers callers, List<Optional<Line>> lines) {
        return lines.stream()
                .allMatch(
                        line -> line.filter(found -> found.callers() == callers).isPresent());
    }

    /**
     * Returns the line of the request's route; empty when the table has none. When there is no route because of the
     * content type, which becomes 415 or 406, returns the lines of the routes that another content type leads to.
     */
    private List<Optional<Line>> lines(HttpRequest<?> request) {
        var match = RouteAttributes.getRouteMatch(request);
        if (match.isPresent()) {
            return List.of(AccessTable.find(match.get()));
        }
        return router.findAny(request).stream()
                .filter(found -> found.getHttpMethod() == request.getMethod())
                .map(AccessTable::find)
                .toList();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
