package io.sluice.gateway.limits;

import static java.util.stream.Collectors.joining;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;

/**
 * Tells callers how far they are from the limits of their call, in headers of draft-ietf-httpapi-ratelimit-headers-10.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RateLimitHeaders {
    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";
    private static final String ATTRIBUTE = "sluice.rate-limits";

    /** Sets what the answer to the request will say, in place of what was set before. */
    static void set(HttpRequest<?> request, List<Standing> standings) {
        request.setAttribute(ATTRIBUTE, standings);
    }

    @ResponseFilter
    void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(ATTRIBUTE, List.class).ifPresent(found -> {
            var standings = ((List<?>) found).stream().map(Standing.class::cast).toList();
            response.header(POLICY, standings.stream().map(Standing::policy).collect(joining(", ")));
            response.header(LIMIT, standings.stream().map(Standing::item).collect(joining(", ")));
        });
    }
}
