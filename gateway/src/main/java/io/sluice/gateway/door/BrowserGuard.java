package io.sluice.gateway.door;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.SluiceConfig;
import io.sluice.web.ClientConnection;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Protects a gateway that needs no token from web pages. Any page that a person looks at can make the browser send
 * requests to the person's own machine: forms and pictures need no permission of the server. The guard refuses requests
 * that name another host, as after DNS rebinding, and requests of pages of another origin. Programs that are no
 * browsers send none of these headers but {@code Host}.
 */
@Singleton
final class BrowserGuard {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String FETCH_MODE = "Sec-Fetch-Mode";
    private static final String FETCH_DEST = "Sec-Fetch-Dest";
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern WHOLE_URL = Pattern.compile("https?://([^/?#]*).*", Pattern.CASE_INSENSITIVE);

    private final Set<String> hosts = new HashSet<>();

    BrowserGuard(DoorConfig config, SluiceConfig shared) {
        List.of("localhost", "127.0.0.1", "[::1]").forEach(this::add);
        config.hosts().forEach(this::add);
        add(shared.bind());
        add("[" + shared.bind() + "]"); // an IPv6 address; of other addresses it makes nothing
    }

    private void add(String host) {
        Authority.parse(host).ifPresent(named -> hosts.add(named.host()));
    }

    /**
     * Ends a request that a page of another origin may have caused.
     *
     * @param isForPeople whether the call shows a page to people, so that a link from elsewhere may lead to it
     * @param isOpen whether the gateway needs no token for its own calls. A closed gateway only refuses what a browser
     *     itself calls another site's request, such as a form that guesses passwords: a proxy in front of it may have
     *     changed {@code Host}
     * @throws ProblemException when the request must be refused
     */
    void check(HttpRequest<?> request, boolean isForPeople, boolean isOpen) {
        if (isOpen) {
            checkOrigin(request);
        }
        var isElsewhere = request.getHeaders().getAll(FETCH_SITE).stream()
                .anyMatch(site -> OTHER_SITES.contains(site.toLowerCase(Locale.ROOT)));
        if (isElsewhere && !(isForPeople && isLink(request))) {
            throw crossOrigin();
        }
    }

    private void checkOrigin(HttpRequest<?> request) {
        var headers = request.getHeaders();
        var named = headers.getAll(HttpHeaders.HOST);
        var host = named.size() == 1 ? Authority.parse(named.getFirst()).orElse(null) : null;
        if (host == null || !isOurs(host, request) || !isForUs(request)) {
            throw new ProblemException(
                    GatewayProblem.FOREIGN_HOST,
                    "Without a token, Host must be localhost or a name of this gateway in SLUICE_HOSTS.");
        }
        if (!headers.getAll(HttpHeaders.ORIGIN).stream().allMatch(origin -> isSame(origin, host))) {
            throw crossOrigin();
        }
    }

    private static ProblemException crossOrigin() {
        return new ProblemException(
                GatewayProblem.CROSS_ORIGIN, "Without a token, pages of another origin cannot call this gateway.");
    }

    /** The target of a request is a path, or a whole URL. Then its host counts too. */
    private boolean isForUs(HttpRequest<?> request) {
        var target = ClientConnection.target(request);
        if (target.startsWith("/")) {
            return true;
        }
        var url = WHOLE_URL.matcher(target);
        return url.matches()
                && Authority.parse(url.group(1))
                        .filter(host -> isOurs(host, request))
                        .isPresent();
    }

    /** The address of the connection is ours as well: no name leads to it, so no page can rebind it. */
    private boolean isOurs(Authority host, HttpRequest<?> request) {
        var local = request.getServerAddress().getAddress();
        return hosts.contains(host.host())
                || (local != null && Authority.literal(local).equals(host.host()));
    }

    private static boolean isSame(String origin, Authority host) {
        var parts = ORIGIN.matcher(origin);
        return parts.matches()
                && Authority.parse(parts.group(2))
                        .filter(other -> other.isSame(host, parts.group(1).toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    /** Says whether a person followed a link, so that the browser shows the answer as a page of ours. */
    private static boolean isLink(HttpRequest<?> request) {
        var headers = request.getHeaders();
        return request.getMethod() == HttpMethod.GET
                && headers.getAll(FETCH_MODE).equals(List.of("navigate"))
                && headers.getAll(FETCH_DEST).equals(List.of("document"));
    }
}
