package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.testkit.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limit on imports per minute, seen by the callers of two gateways with one Postgres. */
class ImportLimitsIT {
    private static final int LIMIT = 3;

    private static GatewayUnderTest one;
    private static GatewayUnderTest other;

    @BeforeAll
    static void start() {
        var prefix = TestStack.kafka().freshPrefix();
        var database = TestStack.postgres();
        Map<String, Object> properties = Map.of(
                "sluice.import.uploads.per-minute", LIMIT,
                "sluice.trusted-proxies", "127.0.0.0/8, ::1",
                "s3.endpoint", TestStack.s3().url(),
                "database.url", database.url(),
                "database.user", database.user());
        one = new GatewayUnderTest(prefix, properties);
        other = new GatewayUnderTest(prefix, properties);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void gatewaysShareTheLimitAndTellCallersWhereTheyStand() {
        var first = send(one, "a,b\n");
        assertThat(first.status()).as("%s", first.json()).isEqualTo(202);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"imports\";q=3;w=60");
        assertThat(first.header("RateLimit")).matches("\"imports\";r=2;t=[56]\\d");

        var refused = send(other, "");
        assertThat(refused.json().path("code").asText()).isEqualTo("EMPTY_FILE");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"imports\";q=3;w=60");
        assertThat(refused.header("RateLimit")).startsWith("\"imports\";r=2;");

        assertThat(send(other, "a,b\n").header("RateLimit")).startsWith("\"imports\";r=1;");
        assertThat(send(one, "a,b\n").header("RateLimit")).startsWith("\"imports\";r=0;");

        for (var gateway : new GatewayUnderTest[] {one, other}) {
            var tooMany = send(gateway, "a,b\n");
            assertThat(tooMany.status()).isEqualTo(429);
            assertThat(tooMany.json().path("code").asText()).isEqualTo("TOO_MANY_IMPORTS_A_MINUTE");
            var wait = tooMany.header("Retry-After");
            assertThat(Integer.parseInt(wait)).isBetween(1, 60);
            assertThat(tooMany.header("RateLimit-Policy")).isEqualTo("\"imports\";q=3;w=60");
            assertThat(tooMany.header("RateLimit")).isEqualTo("\"imports\";r=0;t=" + wait);
        }
        assertThat(one.get("/api/v1/import-kinds").header("RateLimit")).isEmpty();
    }

    @Test
    void aTrustedProxyNamesTheCallers() {
        for (var left = LIMIT - 1; left >= 0; left--) {
            var admitted = send(one, "a,b\n", "X-Forwarded-For", left + ".1.1.1, 203.0.113.1");
            assertThat(admitted.header("RateLimit")).startsWith("\"imports\";r=" + left + ";");
        }

        assertThat(send(other, "a,b\n", "X-Forwarded-For", "203.0.113.1").status())
                .isEqualTo(429);
        assertThat(send(other, "a,b\n", "X-Forwarded-For", "203.0.113.2").status())
                .isEqualTo(202);
    }

    private static Answer send(GatewayUnderTest gateway, String file, String... headers) {
        var form = new Multipart().field("kind", "companies").file("file", "a.csv", "text/csv", file.getBytes(UTF_8));
        return gateway.post("/api/v1/imports", form, headers);
    }
}
