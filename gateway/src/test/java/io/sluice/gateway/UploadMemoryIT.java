package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Slow uploads never use more memory than the budget of all uploads. */
class UploadMemoryIT {
    private static final String INDEX_WITH_IMAGE = "/api/v1/index-product-with-image";
    private static final int ALL = 32 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ServerSocket silentStore;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void startWithAStoreThatNeverAnswers() throws IOException {
        silentStore = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        gateway = new GatewayUnderTest(
                TestStack.kafka().freshPrefix(),
                Map.of(
                        "sluice.http.upload-memory",
                        ALL,
                        "sluice.http.upload-patience",
                        "200ms",
                        "s3.endpoint",
                        "http://127.0.0.1:" + silentStore.getLocalPort(),
                        "s3.attempt-timeout",
                        "6s",
                        "s3.timeout",
                        "6s"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        silentStore.close();
    }

    @Test
    void holdsTheMemoryOfAPictureForAsLongAsItsStoreHangs() throws Exception {
        var picture = Pictures.png(1_800, 1_700, 1);
        assertThat(picture.length).as("twice this fits once, and no more").isBetween(ALL / 4 + 1, ALL / 2);
        var form = new Multipart()
                .field("product_id", "hung-1")
                .field("name", "Lamp")
                .field("description", "It gives light.")
                .file("image_file", "a.png", "image/png", picture);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var codes = new ArrayList<Future<String>>();
            for (int i = 0; i < 4; i++) {
                codes.add(callers.submit(() -> code(gateway.post(INDEX_WITH_IMAGE, form))));
            }
            var told = new ArrayList<String>();
            for (var code : codes) {
                told.add(code.get());
            }
            assertThat(told).containsExactlyInAnyOrder("OBJECT_STORE_UNAVAILABLE", "TOO_BUSY", "TOO_BUSY", "TOO_BUSY");
        }
        awaitRoom();
    }

    /** Four uploads of 15 MB that send a byte now and then took all the memory, because they announced so much. */
    @Test
    void slowUploadsDoNotTakeTheMemoryOfOthers() throws IOException {
        var slow = new ArrayList<StreamedCall>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(begin("Content-Length: " + 15 * 1024 * 1024));
                slow.add(begin("Transfer-Encoding: chunked"));
            }
            for (var call : slow) {
                call.send("--x\r\nContent-Disposition: form-data; na");
            }

            assertThat(small()).isEqualTo("VALIDATION_FAILED");
        } finally {
            for (var call : slow) {
                call.close();
            }
        }
    }

    @Test
    void servesASlowCallerAndThenFreesItsMemory() throws IOException {
        try (var slow = begin("Transfer-Encoding: chunked")) {
            var form = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nLamp\r\n--x--\r\n";
            for (int i = 0; i < form.length(); i++) {
                slow.sendChunk(form.substring(i, i + 1));
            }
            slow.send("0\r\n\r\n");

            assertThat(slow.statusLine())
                    .as("the other fields of its form are missing")
                    .contains(" 422 ");
        }
        awaitRoom();
    }

    @Test
    void freesTheMemoryOfACallerThatDisconnects() throws IOException {
        var mebibyte = "x".repeat(1024 * 1024);
        try (var slow = begin("Transfer-Encoding: chunked")) {
            slow.sendChunk("--x\r\nContent-Disposition: form-data; name=\"image_file\"\r\n\r\n");
            for (int i = 0; i < 15; i++) {
                slow.sendChunk(mebibyte);
            }
            await().atMost(PATIENCE).until(() -> large().equals("TOO_BUSY"));
        }
        await().atMost(PATIENCE).until(() -> large().equals("VALIDATION_FAILED"));
    }

    private static StreamedCall begin(String framing) throws IOException {
        return new StreamedCall(gateway.port(), INDEX_WITH_IMAGE, "multipart/form-data; boundary=x", framing);
    }

    private static void awaitRoom() {
        await().atMost(PATIENCE).until(() -> small().equals("VALIDATION_FAILED"));
    }

    private static String small() {
        return code(gateway.post("/api/v1/index-product", "application/json", "{}".getBytes(UTF_8)));
    }

    /** A body that needs more than is left beside 15 MB. */
    private static String large() {
        var text = "{\"description\":\"" + "x".repeat(1_500_000) + "\"}";
        return code(gateway.post("/api/v1/index-product", "application/json", text.getBytes(UTF_8)));
    }

    private static String code(GatewayUnderTest.Answer answer) {
        return answer.json().path("code").asText();
    }
}
