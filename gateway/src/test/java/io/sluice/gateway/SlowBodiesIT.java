package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: a body that comes too slowly, or in an encoding that is wrong, is refused with its reason. */
class SlowBodiesIT {
    private static final String INDEX = "/api/v1/index-product";
    private static final String BULK = "/api/v1/products:batch";
    private static final String MULTIPART = "multipart/form-data; boundary=x";
    private static final String LONG = "Content-Length: 15728640";
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void startWithLittlePatience() {
        gateway = new GatewayUnderTest(
                TestStack.kafka().freshPrefix(),
                Map.of("sluice.http.body.grace", "300ms", "sluice.http.body.least-rate", 1_000_000));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        INDEX + ", application/json, Content-Length: 1000000",
        INDEX + ", application/json, " + CHUNKED,
        INDEX + ", application/x-www-form-urlencoded, Content-Length: 1000000",
        "/api/v1/index-product-with-image, " + MULTIPART + ", " + LONG,
        "/search, " + MULTIPART + ", " + CHUNKED,
        "/api/login, application/json, Content-Length: 100",
        BULK + ", application/x-ndjson, " + CHUNKED,
        BULK + ", application/json, " + LONG,
        "/api/v1/imports, " + MULTIPART + ", Content-Length: 5000000",
        "/api/v1/rows/companies, application/x-ndjson, " + CHUNKED,
    })
    void refusesABodyThatStops(String path, String type, String framing) throws IOException {
        for (var nothing : new boolean[] {true, false}) {
            try (var call = new StreamedCall(gateway.port(), path, type, framing)) {
                if (!nothing) {
                    var begin = path.equals(BULK) && type.endsWith("/json") ? "[" : "{";
                    call.send(framing.equals(CHUNKED) ? "1\r\n" + begin + "\r\n" : begin);
                }

                assertThat(call.statusLine()).as("nothing sent: %s", nothing).contains(" 408 ");
                assertThat(call.rest()).contains("BODY_TOO_SLOW", "SLUICE_HTTP_BODY_LEAST_RATE");
            }
        }
    }

    /** The status is sent by then, so the last line says what happened. */
    @Test
    void aBulkCallThatStopsIsTold() throws IOException {
        try (var call = new StreamedCall(gateway.port(), BULK, "application/x-ndjson", CHUNKED)) {
            call.sendChunk("{\"product_id\":\"slow-1\",\"name\":\"a\",\"description\":\"b\"}\n");

            assertThat(call.nextLine()).contains("slow-1", "queued");
            assertThat(call.nextLine())
                    .contains("BODY_TOO_SLOW", "\"retryable\":true", "Nothing from here on was read.");
        }
    }

    /** A call that has no body does not wait for the one that a caller announces. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/jobs/none/cancel", "/api/v1/imports/none/cancel"})
    void aCallWithoutABodyDoesNotWaitForOne(String path) throws IOException {
        for (var framing : new String[] {LONG, CHUNKED}) {
            try (var call = new StreamedCall(gateway.port(), path, "application/json", framing)) {
                assertThat(call.statusLine()).matches(".* (404|503) .*"); // there is no database
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"br, 415, gzip or deflate", "zstd, 415, gzip or deflate", "gzip, 400, whole gzip"})
    void refusesAnEncodingThatIsWrong(String encoding, int status, String reason) {
        for (var path : new String[] {INDEX, BULK, "/api/v1/rows/companies"}) {
            var answer = gateway.post(path, "application/json", "[{}]".getBytes(UTF_8), "Content-Encoding", encoding);

            assertThat(answer.status()).as("%s %s", path, answer.json()).isEqualTo(status);
            assertThat(answer.json().path("detail").asText()).contains(reason);
        }
    }

    /** Cut in the middle, this form was read as a whole one with a shorter name. */
    @Test
    void refusesGzipThatIsCutShort() throws IOException {
        var form = "product_id=gz-1&description=b&name=" + "chair-".repeat(100);
        var whole = gzip(form);
        var cut = Arrays.copyOf(whole, whole.length - 12);
        var type = "application/x-www-form-urlencoded";

        var refused = gateway.post(INDEX, type, cut, "Content-Encoding", "gzip");
        assertThat(refused.json().path("code").asText()).isEqualTo("MALFORMED_BODY");
        var taken = gateway.post(INDEX, type, whole, "Content-Encoding", "gzip", "Prefer", "respond-async");
        assertThat(taken.status()).isEqualTo(202);
    }

    /** A client that announces more than it sends, and one that sends an epilogue. */
    @Test
    void readsABodyToTheEndThatItAnnounces() throws IOException {
        var form = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nLamp\r\n--x--\r\n";
        for (var around : new String[] {form, "preamble\r\n" + form + "epilogue --x\r\n"}) {
            var answer = gateway.post(INDEX, MULTIPART, around.getBytes(UTF_8));
            assertThat(answer.json().path("errors").findValuesAsText("field"))
                    .containsExactly("product_id", "description");
        }
        try (var call = new StreamedCall(gateway.port(), INDEX, MULTIPART, "Content-Length: 9999")) {
            call.send(form);
            assertThat(call.statusLine()).contains(" 408 ");
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(ISO_8859_1));
        }
        return bytes.toByteArray();
    }
}
