package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gateway as a server: health, metrics, its description, and problems it has no call for. */
class GatewayIT {
    private static EmbedderStub embedder;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        embedder = new EmbedderStub();
        gateway = new GatewayUnderTest(TestStack.kafka().freshPrefix(), embedder.url(), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        embedder.close();
    }

    @Test
    void isAliveAndReadyOnceStarted() {
        assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);
        var ready = gateway.get("/health/readiness");
        assertThat(ready.json().at("/details/jobs/status").asText())
                .as("%s", ready.json())
                .isEqualTo("UP");
        assertThat(ready.status()).isEqualTo(200);
    }

    @Test
    void servesMetrics() {
        var metrics = gateway.get("/prometheus");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(new String(metrics.response().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("jvm_");
    }

    @Test
    void describesItself() {
        var document = gateway.get("/openapi");
        assertThat(document.status()).isEqualTo(200);
        assertThat(new String(document.response().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("/api/v1/index-product:");
    }

    @Test
    void answersAnUnknownPathWithAProblem() {
        var answer = gateway.get("/nowhere");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("ROUTE_NOT_FOUND");
    }

    @Test
    void acceptsAProduct() {
        var answer = gateway.post(
                "/api/v1/index-product",
                new Multipart().field("product_id", "p-1").field("name", "Lamp").field("description", "A lamp."),
                "Prefer",
                "respond-async");
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var job = gateway.get(answer.header("Location"));
        assertThat(job.status()).as("%s", job.json()).isEqualTo(200);
        assertThat(job.json().path("status").asText()).isEqualTo("queued");
    }
}
