package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.sluice.gateway.door.AccessTable;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that is closed lets no request pass that the access table does not permit, however it is spelled. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class DoorIT {
    private static final long FORTY_MEGABYTES = 40L * 1024 * 1024;

    private ClosedGateway.Door door;
    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(ClosedGateway.Door door) {
        this.door = door;
        this.gateway = door.gateway();
    }

    @Test
    void everyRouteHasALineInTheTable() {
        var withoutALine = gateway.bean(Router.class)
                .uriRoutes()
                .filter(route -> AccessTable.find(
                                route.getHttpMethod(),
                                route.getUriMatchTemplate().toPathString())
                        .isEmpty())
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString());

        assertThat(withoutALine).as("calls that AccessTable does not list").isEmpty();
    }

    @Test
    void everyLineOfTheTableBelongsToARoute() {
        var routes = gateway.bean(Router.class)
                .uriRoutes()
                .map(route -> new AccessTable.Call(
                        route.getHttpMethod(), route.getUriMatchTemplate().toPathString()))
                .toList();

        assertThat(AccessTable.LINES)
                .extracting(AccessTable.Line::call)
                .as("lines of AccessTable without a call")
                .isSubsetOf(routes);
    }

    /** A form of any page could guess passwords, and use up the limit of wrong logins. */
    @Test
    void refusesALoginThatAPageOfAnotherSiteSends() {
        var login = "username=admin&password=a-guess".getBytes(UTF_8);
        for (var site : List.of("cross-site", "same-site")) {
            var answer = gateway.send(gateway.request("/api/login")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Sec-Fetch-Site", site)
                    .POST(BodyPublishers.ofByteArray(login)));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("code").asText()).isEqualTo("CROSS_ORIGIN");
        }
    }

    @Test
    void asksACallerWithoutATokenToSignIn() {
        var answer = gateway.get("/api/v1/search?q=lamp");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    @Test
    void refusesAnAccountWithoutTheRole() {
        var answer = gateway.send(door.as(Caller.USER, gateway.request("/api/v1/search?q=lamp")));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /nowhere,               404, ROUTE_NOT_FOUND",
        "GET,     /api/v1/nowhere,        404, ROUTE_NOT_FOUND",
        "PUT,     /api/v1/search,         405, METHOD_NOT_ALLOWED",
        "OPTIONS, /api/v1/search,         405, METHOD_NOT_ALLOWED",
        "TRACE,   /api/v1/search,         405, METHOD_NOT_ALLOWED",
        "DELETE,  /health/liveness,       405, METHOD_NOT_ALLOWED",
    })
    void tellsEverybodyThatThereIsNoSuchPathOrMethod(String method, String path, int status, String code)
            throws IOException {
        assertThat(raw(method, path))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"code\":\"" + code + "\"")
                .doesNotContainIgnoringCase("access-control-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/search?q=lamp",
                "/api/v1/search/?q=lamp",
                "//api/v1/search?q=lamp",
                "/api//v1/search?q=lamp",
                "/api/v1//search?q=lamp",
                "/api/v1/search//?q=lamp",
                "/api/v1/search;x=1?q=lamp",
                "/api/v1;x/search?q=lamp",
                "/api/v1/search%3Bx?q=lamp",
                "/API/V1/SEARCH?q=lamp",
                "/api/v1/%73earch?q=lamp",
                "/%61pi/v1/search?q=lamp",
                "/api/v1/search%2F?q=lamp",
                "/api/v1/search%00?q=lamp",
                "/api/v1/search%20?q=lamp",
                "/api/v1/./search?q=lamp",
                "/api/v1/jobs/../search?q=lamp",
                "/docs/../api/v1/search?q=lamp",
                "/docs/..%2Fapi/v1/search?q=lamp",
                "/docs/..;/api/v1/search?q=lamp",
                "/health/../search?q=lamp",
                "/api/v1/search.json?q=lamp",
                "/api/v1/search?q=lamp#/docs",
                "http://localhost/api/v1/search?q=lamp",
                "http://evil.example/api/v1/search?q=lamp",
                "HTTP://localhost//api/v1/search?q=lamp",
                "api/v1/search?q=lamp",
                "\\api\\v1\\search?q=lamp",
            })
    void noSpellingOfAPathGetsAroundTheTable(String target) throws IOException {
        for (var method : new String[] {"GET", "HEAD", "OPTIONS", "POST", "DELETE", "get", "GET\t"}) {
            assertThat(raw(method, target)).as("%s %s", method, target).matches("(?s)HTTP/1\\.[01] 40[0145] .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: GET",
                "X-Original-URL: /docs",
                "X-Rewrite-URL: /docs",
                "X-Forwarded-Prefix: /docs",
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "Authorization: Basic YWRtaW46YWRtaW4=",
                "Accept: text/html",
                "Accept: image/png",
            })
    void noHeaderGetsAroundTheTable(String header) throws IOException {
        assertThat(RawCall.send(
                        gateway.port(),
                        "GET /api/v1/search?q=lamp HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aHeadRequestIsRefusedLikeItsGet() throws IOException {
        assertThat(raw("HEAD", "/api/v1/search?q=lamp"))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: Bearer");
        assertThat(raw("HEAD", "/docs")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void asksForATokenBeforeItMindsTheContentType() {
        var answer = gateway.post("/api/v1/index-product", "text/plain", "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/index-product",
                "/api/v1/index-product-with-image",
                "/api/v1/products:batch",
                "/api/v1/search",
                "/api/v1/imports"
            })
    void refusesFortyMegabytesBeforeItReadsThem(String path) throws IOException {
        var published = TestStack.kafka().read(gateway.topic("products.v1")).size();
        for (var chunked : new boolean[] {false, true}) {
            var started = System.nanoTime();
            var head = RawCall.post(
                    gateway.port(), path, "Content-Type: multipart/form-data; boundary=x", FORTY_MEGABYTES, chunked);

            assertThat(head)
                    .as("chunked: %s", chunked)
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("problem+json");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(TestStack.kafka().read(gateway.topic("products.v1"))).hasSize(published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive", "Expect: 100-continue"})
    void answersBeforeTheFirstByteOfARefusedBody(String header) throws IOException {
        var head = "Host: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ";
        var started = System.nanoTime();
        var answer = RawCall.send(
                gateway.port(),
                "POST /api/v1/imports HTTP/1.1\r\n" + head + FORTY_MEGABYTES + "\r\n" + header + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("UNAUTHENTICATED");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/beans",
                "/caches",
                "/env",
                "/info",
                "/loggers",
                "/metrics",
                "/refresh",
                "/routes",
                "/stop",
                "/threaddump",
                "/login",
                "/logout",
                "/keys",
                "/oauth/access_token"
            })
    void servesNoEndpointOfTheFramework(String path) {
        for (var method : new String[] {"GET", "POST", "HEAD"}) {
            var answer =
                    gateway.send(door.as(Caller.ADMIN, gateway.request(path)).method(method, BodyPublishers.noBody()));
            assertThat(answer.status()).as("%s %s", method, path).isEqualTo(404);
        }
    }

    private String raw(String method, String target) throws IOException {
        return RawCall.send(gateway.port(), method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
}
