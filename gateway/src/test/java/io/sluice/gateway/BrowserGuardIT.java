package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While a gateway needs no token, a page of another origin can neither read nor write through a person's browser. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class BrowserGuardIT {
    private static final String SEARCH = "/api/v1/search?q=lamp";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PRODUCT = "product_id=p&name=Lamp&description=It+gives+light.";

    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost:1",
                "127.0.0.1",
                "127.0.0.1:65535",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "sluice.example",
                "SLUICE.example:443"
            })
    void answersForItsOwnNames(String host) throws IOException {
        assertThat(get(SEARCH, "Host: " + host)).as(host).doesNotStartWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:8080",
                "Host: localhost.evil.example",
                "Host: evil.example#localhost",
                "Host: localhost@evil.example",
                "Host: evil.example@localhost",
                "Host: localhost:8080@evil.example",
                "Host: localhost, evil.example",
                "Host: localhost evil.example",
                "Host: localhost/evil.example",
                "Host: 127.0.0.1.nip.io",
                "Host: 10.0.0.1",
                "Host: 0x7f.1",
                "Host: [::2]",
                "Host: [::1",
                "Host: ::1",
                "Host: localhost:",
                "Host: localhost:port",
                "Host: :8080",
                "Host:",
                "X-Forwarded-Host: localhost",
                "Host: evil.example\r\nX-Forwarded-Host: localhost",
                "Host: localhost\r\nHost: evil.example",
                "Host: evil.example\r\nHost: localhost",
                "Host: localhost\r\nHost: localhost"
            })
    void refusesAnotherHost(String headers) throws IOException {
        refuses("FOREIGN_HOST", get(SEARCH, headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost@evil.example",
                "http://evil.example:80",
                "//evil.example"
            })
    void refusesATargetWithAnotherHost(String before) throws IOException {
        assertThat(get(before + SEARCH, "Host: localhost")).matches("(?s)HTTP/1\\.[01] (403|404|400) .*");
    }

    @Test
    void answersATargetThatIsAWholeUrl() throws IOException {
        assertThat(get("http://localhost:8080" + SEARCH, "Host: localhost:8080"))
                .doesNotStartWith("HTTP/1.1 403 ")
                .doesNotStartWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "localhost:8080, HTTP://LOCALHOST:8080",
        "localhost,      http://localhost",
        "localhost:80,   http://localhost",
        "localhost,      http://localhost:80",
        "[::1]:8080,     http://[::1]:8080",
        "sluice.example, https://sluice.example",
        "sluice.example, https://sluice.example:443",
    })
    void answersPagesOfItsOwnOrigin(String host, String origin) throws IOException {
        assertThat(post(FORM, PRODUCT, host, "Origin: " + origin)).matches("(?s)HTTP/1\\.1 20[02] .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: https://localhost:8080.evil.example",
                "Origin: http://localhost:8081",
                "Origin: http://localhost",
                "Origin: https://localhost",
                "Origin: http://127.0.0.1:8080",
                "Origin: http://[::1]:8080",
                "Origin: null",
                "Origin: ",
                "Origin: localhost:8080",
                "Origin: file://",
                "Origin: chrome-extension://localhost:8080",
                "Origin: http://localhost:8080 http://evil.example",
                "Origin: http://localhost:8080/",
                "Origin: http://localhost:8080\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "sec-fetch-site: Cross-Site",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                "Origin: http://localhost:8080\r\nSec-Fetch-Site: same-site"
            })
    void refusesPagesOfAnotherOrigin(String headers) throws IOException {
        for (var type : new String[] {FORM, "multipart/form-data; boundary=x", "text/plain", "application/json"}) {
            refuses("CROSS_ORIGIN", post(type, PRODUCT, "localhost:8080", headers));
        }
        refuses("CROSS_ORIGIN", get(SEARCH, "Host: localhost:8080\r\n" + headers));
    }

    @Test
    void aFormOfAnotherOriginPublishesNothing() throws IOException {
        var published = published();

        refuses("CROSS_ORIGIN", post(FORM, PRODUCT, "localhost", "Origin: http://evil.example"));
        refuses("FOREIGN_HOST", post(FORM, PRODUCT, "evil.example", "Origin: http://evil.example"));

        assertThat(published()).isEqualTo(published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/docs.js", "/openapi"})
    void aLinkFromElsewhereMayLeadToThePages(String path) throws IOException {
        var link = "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";

        assertThat(get(path, link + "document")).startsWith("HTTP/1.1 200 ");
        refuses("CROSS_ORIGIN", get(path, link + "iframe"));
        refuses("CROSS_ORIGIN", get(SEARCH, link + "document"));
        refuses("FOREIGN_HOST", get(path, "Host: evil.example"));
    }

    @Test
    void thePageOfTheCallsGoesOnWorking() throws IOException {
        var fetch =
                "Host: localhost:8080\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty";

        assertThat(get("/openapi", fetch)).startsWith("HTTP/1.1 200 ");
        assertThat(get("/api/v1/products/none", fetch)).startsWith("HTTP/1.1 404 ");
        assertThat(post(
                        FORM,
                        PRODUCT,
                        "localhost:8080",
                        "Origin: http://localhost:8080\r\nSec-Fetch-Site: same-origin"))
                .matches("(?s)HTTP/1\\.1 20[02] .*");
        assertThat(get("/docs", "Host: localhost\r\nSec-Fetch-Site: none")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/health/readiness", "/prometheus"})
    void monitorsMayUseOtherNames(String path) throws IOException {
        assertThat(get(path, "Host: gateway.monitoring.svc:8080")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anUnknownPathIsNotFoundForAllPages() throws IOException {
        assertThat(get("/nowhere", "Host: evil.example")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void refusesABodyOfAnotherOriginBeforeItIsRead() throws IOException {
        var started = System.nanoTime();
        var answer = RawCall.post(
                gateway.port(),
                "/api/v1/imports",
                "Content-Type: multipart/form-data; boundary=x\r\nOrigin: http://evil.example",
                40L * 1024 * 1024,
                true);

        assertThat(answer).startsWith("HTTP/1.1 403 ").containsIgnoringCase("problem+json");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    /** A browser sends a token only with the permission of the server, which ours never gives. */
    @Test
    void aTokenOpensTheDoorFromAnywhere(ClosedGateway.Door door) throws IOException {
        var headers = "Host: shop.example\r\nOrigin: http://shop.example\r\nAuthorization: Bearer "
                + door.token(Caller.ADMIN);
        for (var port : new int[] {gateway.port(), door.gateway().port()}) {
            assertThat(RawCall.send(port, "GET /api/v1/products/none HTTP/1.1\r\n" + headers + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("PRODUCT_NOT_FOUND");
        }
    }

    @Test
    void givesNoPermissionToOtherOrigins() throws IOException {
        var preflight = RawCall.send(
                gateway.port(),
                String.join(
                        "\r\n",
                        "OPTIONS " + SEARCH + " HTTP/1.1",
                        "Host: localhost",
                        "Origin: http://evil.example",
                        "Access-Control-Request-Method: GET",
                        "Access-Control-Request-Headers: authorization",
                        "",
                        ""));

        assertThat(preflight).startsWith("HTTP/1.1 405 ").doesNotContainIgnoringCase("access-control-");
    }

    private static void refuses(String code, String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"" + code + "\"");
    }

    private String get(String target, String headers) throws IOException {
        return RawCall.send(gateway.port(), "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n\r\n");
    }

    private String post(String type, String body, String host, String headers) throws IOException {
        return RawCall.send(
                gateway.port(),
                "POST /api/v1/index-product HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                        + "\r\nPrefer: respond-async\r\n" + "Content-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private int published() {
        return TestStack.kafka().read(gateway.topic("products.v1")).size();
    }
}
