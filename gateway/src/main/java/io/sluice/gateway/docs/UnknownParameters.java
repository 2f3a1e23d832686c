package io.sluice.gateway.docs;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.sluice.web.ClientConnection;
import io.sluice.web.body.UrlEncodedForm;
import io.sluice.web.problem.FieldErrors;
import java.util.List;

/** Refuses a query parameter that the call does not take ({@link TakesQuery}), so that a mistyped one is not ignored. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class UnknownParameters implements Ordered {
    private static final String OURS = "io.sluice.";

    @RequestFilter
    void refuse(HttpRequest<?> request) {
        var target = ClientConnection.target(request);
        var begin = target.indexOf('?');
        if (begin < 0) {
            return;
        }
        RouteAttributes.getRouteMatch(request).filter(UnknownParameters::isOurs).ifPresent(route -> {
            var known = List.of(route.getAnnotationMetadata().stringValues(TakesQuery.class));
            var errors = new FieldErrors();
            for (var name : UrlEncodedForm.namesIn(target.substring(begin + 1).replaceFirst("#.*", ""))) {
                if (!known.contains(name)) {
                    errors.add(
                            name,
                            "is not a parameter of this call; it takes "
                                    + (known.isEmpty() ? "none" : String.join(", ", known)));
                }
            }
            errors.throwIfAny();
        });
    }

    /** Probes and scrapers may add what they like to the calls of the framework. */
    private static boolean isOurs(RouteMatch<?> route) {
        return route instanceof MethodBasedRouteMatch<?, ?> method
                && method.getDeclaringType().getName().startsWith(OURS);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() + 1;
    }
}
