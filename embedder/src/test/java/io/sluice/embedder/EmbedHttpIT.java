package io.sluice.embedder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.embed.EmbedRequest;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.embed.ModelInfo;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The HTTP calls of the embedder. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedHttpIT {
    private final ApplicationContext embedder = Embedder.start(settings());
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonCodec codec = embedder.getBean(JsonCodec.class);

    @AfterAll
    void stop() {
        http.close();
        embedder.close();
    }

    @Test
    void makesAVectorForEachTextAndImageInOrder() throws Exception {
        var red = Base64.getEncoder().encodeToString(Pngs.of(250));
        var dark = Base64.getEncoder().encodeToString(Pngs.of(5));

        var answer = embed(new EmbedRequest(List.of("a mug", "a chair", "a mug"), List.of(red, dark, red)));

        assertThat(answer.statusCode()).isEqualTo(200);
        var made = codec.mapper().readValue(answer.body(), EmbedResponse.class);
        assertThat(made.model()).isEqualTo("builtin");
        assertThat(made.index()).isEqualTo("builtin-1");
        assertThat(made.texts())
                .hasSize(3)
                .allSatisfy(v -> assertThat(v.dimension()).isEqualTo(384));
        assertThat(made.texts().get(0))
                .isEqualTo(made.texts().get(2))
                .isNotEqualTo(made.texts().get(1));
        assertThat(made.images())
                .hasSize(3)
                .allSatisfy(v -> assertThat(v.dimension()).isEqualTo(864));
        assertThat(made.images().get(0))
                .isEqualTo(made.images().get(2))
                .isNotEqualTo(made.images().get(1));
    }

    @Test
    void namesItsModel() throws Exception {
        var answer = get("/model");

        assertThat(codec.mapper().readValue(answer.body(), ModelInfo.class))
                .isEqualTo(new ModelInfo("builtin", "builtin-1", Map.of("text", 384, "image", 864), false));
        assertThat(answer.body()).contains("\"shared_space\":false");
    }

    @Test
    void namesTheImageThatItRefuses() throws Exception {
        var whole = Pngs.of(1);
        var good = Base64.getEncoder().encodeToString(whole);
        var cut = Base64.getEncoder().encodeToString(Arrays.copyOf(whole, whole.length / 2));

        problem(embed(new EmbedRequest(List.of(), List.of(good, cut))), 422, "IMAGE_TRUNCATED", "images[1]");
        problem(embed(new EmbedRequest(List.of(), List.of("%%%"))), 422, "NOT_BASE64", "images[0]");
    }

    @Test
    void answersForEveryStrangeImage() throws Exception {
        var answers = new TreeMap<String, Integer>();
        for (var image : StrangeImages.all().entrySet()) {
            var base64 = Base64.getEncoder().encodeToString(image.getValue());
            var answer = embed(new EmbedRequest(List.of(), List.of(base64)));

            assertThat(answer.statusCode())
                    .as("%s: %s", image.getKey(), answer.body())
                    .isIn(200, 422);
            var code = codec.mapper().readTree(answer.body()).path("code").asText("made");
            answers.merge(code, 1, Integer::sum);
        }
        assertThat(answers)
                .containsKeys(
                        "made",
                        "IMAGE_EMPTY",
                        "IMAGE_TRUNCATED",
                        "IMAGE_MALFORMED",
                        "IMAGE_FORMAT_UNSUPPORTED",
                        "IMAGE_TOO_MANY_PIXELS",
                        "IMAGE_UNDECODABLE");
    }

    /** Closing a model during a run would crash the JVM. */
    @Test
    void closingUnderLoadAnswersRequestsInFlightWithoutAFailure() {
        var closed = Embedder.start(settings());
        var url = URI.create(closed.getBean(EmbeddedServer.class).getURI() + "/embed");
        var request = new EmbedRequest(Collections.nCopies(32, "a long text about shoes ".repeat(20)), List.of());
        var answers = IntStream.range(0, 30)
                .mapToObj(_ -> http.sendAsync(post(url, request), BodyHandlers.ofString()))
                .toList();
        CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();

        closed.close();

        for (var answer : answers) {
            assertThat(answer.handle((it, failure) -> it == null ? 503 : it.statusCode()))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isIn(200, 503);
        }
    }

    @Test
    void namesTheTextThatItRefuses() throws Exception {
        problem(embed(new EmbedRequest(List.of("good", " "), List.of())), 422, "TEXT_NOT_USABLE", "texts[1]");
        problem(embed(new EmbedRequest(List.of("x".repeat(50_000)), List.of())), 422, "TEXT_NOT_USABLE", "texts[0]");
        problem(embed(new EmbedRequest(Collections.nCopies(65, "t"), List.of())), 422, "TOO_MANY_ITEMS", "texts");
        problem(embed(new EmbedRequest(List.of(), Collections.nCopies(9, "t"))), 422, "TOO_MANY_ITEMS", "images");
        problem(embed(new EmbedRequest(List.of(), List.of())), 422, "NOTHING_TO_EMBED", "texts");
    }

    @Test
    void answersInvalidRequestsWithProblems() throws Exception {
        assertThat(problem(post("{\"texts\": [", "application/json"), 400)).contains("must be JSON");
        assertThat(problem(post("{\"texts\": [null]}", "application/json"), 400))
                .contains("must be JSON");
        assertThat(problem(post("texts", "text/plain"), 415)).contains("application/json");
        assertThat(problem(get("/nothing"), 404)).contains("POST /embed");
        assertThat(problem(get("/embed"), 405)).contains("POST /embed");
    }

    @Test
    void takesAnImageOfTheLargestSize() throws Exception {
        var file = Arrays.copyOf(Pngs.of(77), 15 * 1024 * 1024); // trailing bytes do no harm
        var answer =
                embed(new EmbedRequest(List.of(), List.of(Base64.getEncoder().encodeToString(file))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        var tooLarge = Arrays.copyOf(file, file.length + 1);
        problem(
                embed(new EmbedRequest(List.of(), List.of(Base64.getEncoder().encodeToString(tooLarge)))),
                422,
                "IMAGE_TOO_LARGE",
                "images[0]");
        assertThat(post(" ".repeat(25 * 1024 * 1024), "application/json").statusCode())
                .isEqualTo(413);
    }

    @Test
    void answersManyQueriesAtOnce() throws Exception {
        var request = new EmbedRequest(List.of("running shoes"), List.of());
        var expected = embed(request).body();

        var answers = IntStream.range(0, 40)
                .mapToObj(i -> http.sendAsync(request(request), BodyHandlers.ofString()))
                .toList();

        for (var answer : answers) {
            assertThat(answer.get().body()).isEqualTo(expected);
        }
    }

    @Test
    void reportsHealthAndMetrics() throws Exception {
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/health/readiness").body()).contains("\"UP\"");
        assertThat(get("/prometheus").body())
                .contains("jvm_memory_used_bytes")
                .containsPattern("kafka_consumer_\\S+\\{client_id=\"sluice-embedder-embedder-builtin-1-0\"")
                .containsPattern("kafka_producer_\\S+\\{client_id=\"sluice-embedder-writer\"");
    }

    private static Map<String, Object> settings() {
        var database = TestStack.postgres();
        var kafka = TestStack.kafka();
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "sluice.topic-prefix", kafka.freshPrefix(),
                "sluice.partitions", 2,
                "database.url", database.url(),
                "database.user", database.user(),
                "s3.endpoint", TestStack.s3().url(),
                "micronaut.server.port", -1);
    }

    private void problem(HttpResponse<String> answer, int status, String code, String field) throws Exception {
        problem(answer, status);
        JsonNode body = codec.mapper().readTree(answer.body());
        assertThat(body.path("code").asText()).isEqualTo(code);
        assertThat(body.path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(body.path("errors").path(0).path("message").asText()).isNotBlank();
    }

    private String problem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode body = codec.mapper().readTree(answer.body());
        assertThat(body.path("status").asInt()).isEqualTo(status);
        return body.path("detail").asText();
    }

    private HttpResponse<String> embed(EmbedRequest request) throws Exception {
        return http.send(request(request), BodyHandlers.ofString());
    }

    private HttpRequest request(EmbedRequest request) {
        return post(embedder.getBean(EmbeddedServer.class).getURI().resolve("/embed"), request);
    }

    private HttpRequest post(URI url, EmbedRequest request) {
        try {
            return HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(codec.mapper().writeValueAsBytes(request)))
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String body, String contentType) throws Exception {
        return http.send(
                request("/embed")
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        var url = embedder.getBean(EmbeddedServer.class).getURI();
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }
}
