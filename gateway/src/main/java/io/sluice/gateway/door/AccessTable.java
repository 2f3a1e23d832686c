package io.sluice.gateway.door;

import static io.micronaut.http.HttpMethod.DELETE;
import static io.micronaut.http.HttpMethod.GET;
import static io.micronaut.http.HttpMethod.PATCH;
import static io.micronaut.http.HttpMethod.POST;
import static io.micronaut.http.HttpMethod.PUT;
import static io.sluice.gateway.door.Callers.ACCOUNTS;
import static io.sluice.gateway.door.Callers.ACCOUNTS_AND_OPEN_PRODUCERS;
import static io.sluice.gateway.door.Callers.ADMINS;
import static io.sluice.gateway.door.Callers.EVERYBODY;
import static io.sluice.gateway.door.Callers.MONITORS;
import static io.sluice.gateway.door.Callers.PRODUCERS;
import static io.sluice.gateway.door.Callers.USERS;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may make which call of the gateway. A call that is not listed here is refused, whoever makes it. */
public final class AccessTable {
    private static final String OWN_JOBS =
            "A producer sees the jobs of products and imports, a user the jobs of its own. Other jobs are 404.";

    private static final String OWN_PHOTOS = "A user deletes photos of its own. Other photos are 404.";

    private static final String OWN_FACES = "A user asks whose faces photos of its own show. Other photos are 404.";

    private static final String SEEN_PHOTOS =
            "A user sees photos of its own, and those in which its face was found. Other photos are 404.";

    private static final String OWN_FACE = "The face of the caller, never that of another user.";

    /** Every call, by subject. */
    public static final List<Line> LINES = List.of(
            line(GET, "/health", MONITORS),
            line(GET, "/health/{selector}", MONITORS),
            line(GET, "/prometheus", MONITORS),
            line(GET, "/openapi", EVERYBODY),
            line(GET, "/docs", EVERYBODY),
            line(GET, "/docs/{file}", EVERYBODY),
            line(POST, "/api/v1/index-product", PRODUCERS),
            line(POST, "/api/v1/index-product-with-image", PRODUCERS),
            line(POST, "/api/v1/products:batch", PRODUCERS),
            line(GET, "/api/v1/products/{id}", PRODUCERS),
            line(DELETE, "/api/v1/products/{id}", PRODUCERS),
            line(GET, "/api/v1/products/{id}/image", PRODUCERS),
            line(GET, "/api/v1/product-image", PRODUCERS),
            line(GET, "/api/v1/search", PRODUCERS),
            line(POST, "/api/v1/search", PRODUCERS),
            line(GET, "/search", PRODUCERS),
            line(POST, "/search", PRODUCERS),
            line(POST, "/api/v1/imports", PRODUCERS),
            line(GET, "/api/v1/imports", PRODUCERS),
            line(GET, "/api/v1/imports/{id}", PRODUCERS),
            line(GET, "/api/v1/imports/{id}/events", PRODUCERS),
            line(GET, "/api/v1/imports/{id}/errors", PRODUCERS),
            line(POST, "/api/v1/imports/{id}/cancel", PRODUCERS),
            line(POST, "/api/v1/rows/{kind}", PRODUCERS),
            line(GET, "/api/v1/import-kinds", PRODUCERS),
            line(GET, "/api/v1/import-kinds/{kind}/template", PRODUCERS),
            line(GET, "/api/v1/jobs", ACCOUNTS_AND_OPEN_PRODUCERS, OWN_JOBS),
            line(GET, "/api/v1/jobs/{id}", ACCOUNTS_AND_OPEN_PRODUCERS, OWN_JOBS),
            line(GET, "/api/v1/jobs/{id}/events", ACCOUNTS_AND_OPEN_PRODUCERS, OWN_JOBS),
            line(POST, "/api/v1/jobs/{id}/cancel", ACCOUNTS_AND_OPEN_PRODUCERS, OWN_JOBS),
            line(GET, "/api/my-photos", USERS),
            line(GET, "/api/all-photos", ADMINS),
            line(POST, "/api/v1/photos", USERS),
            line(GET, "/api/v1/photos/{id}", USERS, SEEN_PHOTOS),
            line(DELETE, "/api/v1/photos/{id}", USERS, OWN_PHOTOS),
            line(GET, "/api/v1/photos/{id}/faces", USERS, OWN_FACES),
            line(GET, "/api/v1/photos/{id}/content", USERS, SEEN_PHOTOS),
            line(GET, "/api/v1/photos/{id}/preview", USERS, SEEN_PHOTOS),
            line(GET, "/api/v1/photos/{id}/thumbnail", USERS, SEEN_PHOTOS),
            line(POST, "/api/login", EVERYBODY),
            line(POST, "/api/v1/login/refresh", EVERYBODY),
            line(GET, "/api/v1/me", ACCOUNTS),
            line(GET, "/api/v1/me/face", USERS, OWN_FACE),
            line(PUT, "/api/v1/me/face", USERS, OWN_FACE),
            line(DELETE, "/api/v1/me/face", USERS, OWN_FACE),
            line(GET, "/api/v1/users", ADMINS),
            line(POST, "/api/v1/users", ADMINS),
            line(PATCH, "/api/v1/users/{username}", ADMINS),
            line(DELETE, "/api/v1/users/{username}", ADMINS),
            line(GET, "/api/v1/api-keys", ADMINS),
            line(POST, "/api/v1/api-keys", ADMINS),
            line(DELETE, "/api/v1/api-keys/{id}", ADMINS),
            line(GET, "/api/admin/queue/stats", ADMINS),
            line(GET, "/api/admin/queue/jobs/{id}", ADMINS),
            line(POST, "/api/admin/cache/clear", ADMINS),
            line(POST, "/api/v1/admin/photos/recognize", ADMINS),
            line(GET, "/api/v1/admin/dead-letters", ADMINS),
            line(GET, "/api/v1/admin/dead-letters/{topic}", ADMINS),
            line(GET, "/api/v1/admin/dead-letters/{topic}/{id}", ADMINS),
            line(POST, "/api/v1/admin/dead-letters/{topic}/redrive", ADMINS),
            line(POST, "/api/v1/admin/dead-letters/{topic}/{id}/redrive", ADMINS),
            line(POST, "/api/v1/admin/dead-letters/{topic}/{id}/discard", ADMINS),
            line(GET, "/api/v1/admin/pipelines", ADMINS),
            line(POST, "/api/v1/admin/pipelines/{name}/pause", ADMINS),
            line(POST, "/api/v1/admin/pipelines/{name}/resume", ADMINS));

    private static final Map<Call, Line> BY_CALL =
            LINES.stream().collect(Collectors.toUnmodifiableMap(Line::call, Function.identity()));

    private AccessTable() {}

    /**
     * A call of the gateway.
     *
     * @param path the template of the route, such as {@code /api/v1/jobs/{id}}
     */
    public record Call(HttpMethod method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * One line of the table.
     *
     * @param note what else decides what a caller sees; empty when nothing does
     */
    public record Line(Call call, Callers callers, String note) {}

    /** {@return the line of a call; empty when the table has none. HEAD is like GET} */
    public static Optional<Line> find(HttpMethod method, String path) {
        return Optional.ofNullable(BY_CALL.get(new Call(method == HttpMethod.HEAD ? GET : method, path)));
    }

    /** {@return whether everybody may make this call, so that nobody asks who makes it} */
    public static boolean isForEverybody(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .flatMap(AccessTable::find)
                .filter(line -> line.callers() == EVERYBODY || line.callers() == MONITORS)
                .isPresent();
    }

    /** {@return the line of the route that the server found; empty when the table has none} */
    static Optional<Line> find(RouteMatch<?> match) {
        return match instanceof UriRouteMatch<?, ?> found
                ? find(
                        found.getHttpMethod(),
                        found.getRouteInfo().getUriMatchTemplate().toPathString())
                : Optional.empty();
    }

    private static Line line(HttpMethod method, String path, Callers callers) {
        return line(method, path, callers, "");
    }

    private static Line line(HttpMethod method, String path, Callers callers, String note) {
        return new Line(new Call(method, path), callers, note);
    }
}
