package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many products in one call, over real sockets, into a real broker. */
@ExtendWith(OneGateway.class)
class BulkIT {
    private static final String BATCH = "/api/v1/products:batch";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MANY = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayUnderTest gateway;

    BulkIT(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @Test
    void answersEveryLineInOrderAndRejectsABadOneAlone() {
        var body = String.join(
                "\n",
                product("b-1"),
                "",
                "{\"product_id\":\"b-2\",\"name\":\" \",\"metadata\":7}",
                "not json",
                "[]",
                "{\"product_id\":\"b-3\",\"name\":\"" + "x".repeat(3_000_000) + "\"}",
                "{\"product_id\":\"b-4\",\"name\":\"n\",\"description\":\"d\",\"image_file\":\"a.jpg\"}",
                product("b-1").replace("Lamp", "Newer lamp"));

        var answer = gateway.post(BATCH, NDJSON, body.getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Content-Type")).isEqualTo(NDJSON);
        var lines = lines(new String(answer.response().body(), UTF_8));
        assertThat(lines)
                .extracting(line -> line.path("line").asInt() + " "
                        + line.path("product_id").asText("-") + " "
                        + line.path("status").asText() + " "
                        + line.at("/error/code").asText("-"))
                .containsExactly(
                        "1 b-1 queued -",
                        "3 b-2 rejected VALIDATION_FAILED",
                        "4 - rejected MALFORMED_BODY",
                        "5 - rejected MALFORMED_BODY",
                        "6 - rejected BODY_TOO_LARGE",
                        "7 b-4 rejected VALIDATION_FAILED",
                        "8 b-1 queued -");
        assertThat(lines.get(1).at("/error/errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("name", "description", "metadata");
        assertThat(lines.get(2).at("/error/message").asText()).isEqualTo("The item is not JSON (column 1).");
        assertThat(lines.get(2).at("/error/retryable").asBoolean(true)).isFalse();
        var job = gateway.get("/api/v1/jobs/" + lines.getLast().path("job_id").asText());
        assertThat(job.status()).isEqualTo(200);
        assertThat(namesOf("b-1")).containsExactly("Lamp", "Newer lamp");
    }

    @Test
    void acceptsAJsonArrayAndSaysWhereItIsBroken() {
        var body = "[" + product("a-1") + "," + product("a-2") + " " + product("a-3") + "]";

        var lines = lines(post("application/json", body.getBytes(UTF_8)));

        assertThat(lines)
                .extracting(line -> line.path("line").asInt() + " "
                        + line.path("status").asText() + " "
                        + line.at("/error/message").asText("-"))
                .containsExactly(
                        "1 queued -",
                        "2 queued -",
                        "3 rejected Nothing from here on was read: a comma or ] is missing before it.");
        assertThat(namesOf("a-3")).isEmpty();
        assertThat(post("application/json", "[]".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aLineSentAgainWithItsKeyIsTheSameJob() {
        var body = product("k-1") + "\n" + product("k-2") + "\n" + product("k-3");
        var first = lines(keyed(body));
        var again = lines(keyed(body.replace("k-2", "k-4") + "\n" + product("k-5")));

        assertThat(again)
                .extracting(line -> line.path("product_id").asText() + " "
                        + line.at("/error/code").asText("-"))
                .containsExactly("k-1 -", "k-4 IDEMPOTENCY_KEY_REUSED", "k-3 -", "k-5 -");
        assertThat(again.get(0).path("job_id")).isEqualTo(first.get(0).path("job_id"));
        assertThat(again.get(2).path("job_id")).isEqualTo(first.get(2).path("job_id"));
        assertThat(namesOf("k-1")).hasSize(1);
        assertThat(namesOf("k-4")).isEmpty();
        assertThat(namesOf("k-5")).hasSize(1);
    }

    private String keyed(String body) {
        var answer = gateway.post(BATCH, NDJSON, body.getBytes(UTF_8), "Idempotency-Key", "bulk-1");
        return new String(answer.response().body(), UTF_8);
    }

    @Test
    void takesGzip() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body("z", 100).getBytes(UTF_8));
        }
        var answer = gateway.post(BATCH, NDJSON, zipped.toByteArray(), "Content-Encoding", "gzip");

        assertThat(lines(new String(answer.response().body(), UTF_8)))
                .hasSize(100)
                .allSatisfy(BulkIT::isQueued);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-ndjson, '', , 400, MALFORMED_BODY",
        "application/x-ndjson, ' ', , 400, MALFORMED_BODY",
        "application/json, '', , 400, MALFORMED_BODY",
        "application/json, {}, , 400, MALFORMED_BODY",
        "application/x-www-form-urlencoded, a=b, , 415, UNSUPPORTED_MEDIA_TYPE",
        "application/x-ndjson, {}, zstd, 415, UNSUPPORTED_MEDIA_TYPE",
    })
    void refusesABodyThatIsNotABatch(String type, String body, String encoding, int status, String code) {
        var headers = encoding == null ? new String[0] : new String[] {"Content-Encoding", encoding};

        var answer = gateway.post(BATCH, type, body.getBytes(UTF_8), headers);

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    @Test
    void answersWhileTheBodyIsStillBeingSent() throws IOException {
        try (var call = new StreamedCall(gateway.port(), BATCH, NDJSON, "Transfer-Encoding: chunked")) {
            for (int i = 1; i <= 3; i++) {
                call.sendChunk(product("s-" + i) + "\n");
                assertThat(call.nextLine()).contains("\"product_id\":\"s-" + i + "\"", "\"queued\"");
            }
            call.send("0\r\n\r\n");
            assertThat(call.nextLine()).isNull();
        }
    }

    @Test
    void idleConnectionsDoNotTakeAPlaceOfABulkCall() throws IOException {
        var silent = new ArrayList<StreamedCall>();
        try {
            for (int i = 0; i < 8; i++) {
                silent.add(new StreamedCall(gateway.port(), BATCH, NDJSON, "Transfer-Encoding: chunked"));
            }
            assertThat(lines(post(NDJSON, product("q-1").getBytes(UTF_8))))
                    .singleElement()
                    .satisfies(BulkIT::isQueued);
        } finally {
            for (var call : silent) {
                call.close();
            }
        }
    }

    @Test
    void keepsTheAnswersOfACallerWhoSendsTenThousandBeforeItReads() throws IOException {
        var before = TestStack.kafka().read(gateway.topic("products.v1")).size();
        var body = body("stuck-m", MANY);
        try (var call =
                new StreamedCall(gateway.port(), BATCH, NDJSON, "Content-Length: " + body.getBytes(UTF_8).length)) {
            var started = System.nanoTime();
            call.send(body);
            for (int i = 1; i <= MANY; i++) {
                var answer = parse(Objects.requireNonNull(call.nextLine()));
                isQueued(answer);
                assertThat(answer.path("line").asInt()).isEqualTo(i);
            }
            System.out.printf("%d lines in %d ms%n", MANY, (System.nanoTime() - started) / 1_000_000);
        }
        assertThat(TestStack.kafka().read(gateway.topic("products.v1"))).hasSize(before + MANY);
    }

    private String post(String type, byte[] body) {
        var answer = gateway.post(BATCH, type, body);
        assertThat(answer.status()).isEqualTo(202);
        return new String(answer.response().body(), UTF_8);
    }

    private static List<JsonNode> lines(String body) {
        return body.lines().map(BulkIT::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static void isQueued(JsonNode answer) {
        assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("queued");
    }

    private List<String> namesOf(String id) {
        return TestStack.kafka().read(gateway.topic("products.v1")).stream()
                .filter(message -> id.equals(new String(message.key(), UTF_8)))
                .map(message ->
                        parse(new String(message.value(), UTF_8)).path("name").asText())
                .toList();
    }

    private static String body(String prefix, int items) {
        return IntStream.rangeClosed(1, items)
                .mapToObj(i -> product(prefix + "-" + i))
                .collect(Collectors.joining("\n"));
    }

    private static String product(String id) {
        return "{\"product_id\":\"%s\",\"name\":\"Lamp\",\"description\":\"It gives light.\",\"metadata\":{\"n\":1}}"
                .formatted(id);
    }
}
