package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.stack.LocalBroker;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a dependency is not available, the caller gets a 503 with Retry-After, and never a false success. */
class OutagesIT {
    /** Number of lines; more than may be in flight at a time. */
    private static final int MANY = 2_000;

    private static Path brokerFolder;
    private static LocalBroker broker;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void startWithNothingButKafka() {
        brokerFolder = TestStack.newFolder("broker");
        broker = LocalBroker.start(brokerFolder);
        var unusedAddress = "127.0.0.1:" + unusedPort();
        gateway = new GatewayUnderTest(
                "",
                Map.of(
                        "kafka.bootstrap.servers", broker.bootstrapServers(),
                        "sluice.http.accept-timeout", "2s",
                        "s3.endpoint", "http://" + unusedAddress,
                        "qdrant.url", "http://" + unusedAddress,
                        "database.url", "jdbc:postgresql://" + unusedAddress + "/sluice",
                        "embedder.url", "http://" + unusedAddress));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void readsNoProductWithoutPostgres() {
        refused(gateway.get("/api/v1/products/p-1"), "LEDGER_UNAVAILABLE");
        refused(gateway.get("/api/v1/products/p-1/image"), "LEDGER_UNAVAILABLE");
        refused(gateway.delete("/api/v1/products/p-1"), "LEDGER_UNAVAILABLE");
    }

    @Test
    void takesNoPictureWithoutTheObjectStore() {
        var form = product("p-1").file("image_file", "a.png", "image/png", Pictures.png(9, 9, 1));
        refused(gateway.post("/api/v1/index-product-with-image", form), "OBJECT_STORE_UNAVAILABLE");
    }

    @Test
    void takesNoFileWithoutTheObjectStore() {
        refused(gateway.post("/api/v1/imports", importOf("a,b\n")), "OBJECT_STORE_UNAVAILABLE");
    }

    @Test
    void acceptsAndFollowsImportsWithoutPostgres() {
        try (var other = new GatewayUnderTest(
                "files.",
                Map.of(
                        "kafka.bootstrap.servers",
                        broker.bootstrapServers(),
                        "s3.endpoint",
                        TestStack.s3().url(),
                        "database.url",
                        "jdbc:postgresql://127.0.0.1:" + unusedPort() + "/sluice",
                        "sluice.import.uploads.per-minute",
                        1))) {
            var accepted = other.post("/api/v1/imports", importOf("a,b\n"));
            assertThat(accepted.status()).as("%s", accepted.json()).isEqualTo(202);
            var path = "/api/v1/imports/" + accepted.json().path("import_id").asText();

            assertThat(other.get(path).json().path("status").asText()).isEqualTo("queued");
            refused(other.get("/api/v1/imports"), "LEDGER_UNAVAILABLE");
            refused(other.get(path + "/errors"), "LEDGER_UNAVAILABLE");
            refused(other.post(path + "/cancel", "application/json", new byte[0]), "LEDGER_UNAVAILABLE");

            var tooMany = other.post("/api/v1/imports", importOf("a,b\n"));
            assertThat(tooMany.status()).isEqualTo(429);
            assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(1, 61);
        }
    }

    private static Multipart importOf(String content) {
        return new Multipart().field("kind", "companies").file("file", "a.csv", "text/csv", content.getBytes(UTF_8));
    }

    @Test
    void searchesNothingWithoutTheEmbedder() {
        refused(gateway.get("/search?q=lamp"), "EMBEDDER_UNAVAILABLE");
    }

    @Test
    void searchesNothingWithoutQdrant() {
        try (var embedder = new EmbedderStub();
                var other = new GatewayUnderTest(
                        "other.",
                        Map.of(
                                "kafka.bootstrap.servers", broker.bootstrapServers(),
                                "qdrant.url", "http://127.0.0.1:" + unusedPort(),
                                "embedder.url", embedder.url()))) {
            refused(other.get("/search?q=lamp"), "VECTOR_STORE_UNAVAILABLE");
        }
    }

    @Test
    void acceptsNothingWithoutKafkaAndContinuesWhenItIsBack() {
        var port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        broker.close();

        refused(gateway.post("/api/v1/index-product", product("p-2")), "KAFKA_UNAVAILABLE");
        refusedAfterAFewLines();
        assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);

        broker = LocalBroker.start(brokerFolder, "127.0.0.1", port);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var answer = gateway.post("/api/v1/index-product", product("p-2"), "Prefer", "respond-async");
            assertThat(answer.status()).isEqualTo(202);
        });
    }

    /** Each line can cost the accept timeout, so 40 lines one by one would take more than a minute. */
    private static void refusedAfterAFewLines() {
        var line = "{\"product_id\":\"p-3\",\"name\":\"Lamp\",\"description\":\"It gives light.\"}\n";
        var answer = gateway.post(
                "/api/v1/products:batch",
                "application/x-ndjson",
                line.repeat(MANY).getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(new String(answer.response().body(), UTF_8).lines())
                .hasSizeLessThan(MANY)
                .last()
                .asString()
                .contains("Nothing from here on was read: Kafka is not available");
        assertThat(new String(answer.response().body(), UTF_8).lines())
                .allSatisfy(rejected -> assertThat(rejected)
                        .contains("\"rejected\"", "\"code\":\"KAFKA_UNAVAILABLE\"", "\"retryable\":true"));
    }

    private static void refused(Answer answer, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(503);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(new String(answer.response().body(), UTF_8)).doesNotContain("Exception", "127.0.0.1");
    }

    private static Multipart product(String id) {
        return new Multipart().field("product_id", id).field("name", "Lamp").field("description", "It gives light.");
    }

    private static int unusedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
