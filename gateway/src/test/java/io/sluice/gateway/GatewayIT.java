package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway as an HTTP server: health, metrics, and requests that no call accepts. */
@ExtendWith(OneGateway.class)
class GatewayIT {
    @Test
    void isAliveAndReadyOnceStarted(GatewayUnderTest gateway) {
        assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);
        var ready = gateway.get("/health/readiness");
        assertThat(ready.json().at("/details/jobs/status").asText())
                .as("%s", ready.json())
                .isEqualTo("UP");
        assertThat(ready.status()).isEqualTo(200);
    }

    @Test
    void servesMetrics(GatewayUnderTest gateway) {
        assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);

        var metrics = gateway.get("/prometheus");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(text(metrics))
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds")
                .containsPattern("kafka_stream_[a-z_]+\\{[^}]*client_id=\"sluice-gateway-jobs")
                .containsPattern("kafka_consumer_[a-z_]+\\{[^}]*client_id=\"sluice-gateway-jobs")
                .containsPattern("kafka_consumer_[a-z_]+\\{[^}]*client_id=\"sluice-gateway-job-events")
                .containsPattern("kafka_producer_[a-z_]+\\{[^}]*client_id=\"sluice-gateway-writer");
    }

    @Test
    void namesTheAcceptedContentTypesWhenItRefusesAnother(GatewayUnderTest gateway) {
        var answer = gateway.post("/api/v1/index-product-with-image", "application/json", "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().path("detail").asText()).isEqualTo("This call takes multipart/form-data.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /nowhere,                                 '',               404, ROUTE_NOT_FOUND",
        "GET,    /api/v1/products/no-such,                 '',               404, PRODUCT_NOT_FOUND",
        "GET,    /api/v1/products/no-such/image,           '',               404, PRODUCT_NOT_FOUND",
        "DELETE, /api/v1/products/no-such,                 '',               404, PRODUCT_NOT_FOUND",
        "GET,    /api/v1/jobs/nonsense,                    '',               404, JOB_NOT_FOUND",
        "GET,    /api/v1/jobs/00000000-0000-4000-8000-000000000000, '',      404, JOB_NOT_FOUND",
        "GET,    /api/v1/jobs/00000000-0000-4000-8000-000000000000/events, '', 404, JOB_NOT_FOUND",
        "PUT,    /api/v1/index-product,                    application/json, 405, METHOD_NOT_ALLOWED",
        "POST,   /api/v1/index-product,                    text/plain,       415, UNSUPPORTED_MEDIA_TYPE",
        "POST,   /api/v1/index-product,                    '',               415, UNSUPPORTED_MEDIA_TYPE",
        "POST,   /api/v1/index-product-with-image,         application/json, 415, UNSUPPORTED_MEDIA_TYPE",
        "POST,   /api/v1/index-product,                    application/json, 400, MALFORMED_BODY",
        "POST,   /api/v1/index-product,                    multipart/form-data, 400, MALFORMED_BODY",
    })
    void answersARequestThatNoCallAcceptsWithAProblem(
            String method, String path, String contentType, int status, String code, GatewayUnderTest gateway) {
        var request = gateway.request(path).method(method, BodyPublishers.ofString("{"));
        var answer = gateway.send(contentType.isEmpty() ? request : request.header("Content-Type", contentType));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("type").asText()).isEqualTo("about:blank");
        assertThat(answer.json().path("title").asText()).isNotBlank();
    }

    private static String text(GatewayUnderTest.Answer answer) {
        return new String(answer.response().body(), UTF_8);
    }
}
