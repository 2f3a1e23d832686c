package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.IdempotentCalls;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call that is sent again with its idempotency key gets the same job, over real sockets. */
@ExtendWith(OneGateway.class)
class IdempotencyIT {
    private static final String INDEX = "/api/v1/index-product";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @Test
    void theSameContentIsTheSameJobHoweverItIsSent() {
        var first = gateway.post(INDEX, FORM, form("once-1"), IdempotencyKey.HEADER, "once-1");
        var again = gateway.post(INDEX, multipart("once-1"), IdempotencyKey.HEADER, "\"once-1\"");
        var later =
                gateway.post(INDEX, FORM, form("once-1"), IdempotencyKey.HEADER, "once-1", "Prefer", "respond-async");

        assertThat(first.status()).as("%s", first.json()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(later.status()).isEqualTo(202);
        assertThat(jobId(later)).isEqualTo(jobId(first));
        assertThat(published("once-1")).isEqualTo(1);
    }

    /** An upgrade must not change the job ids of keys: an earlier version of the gateway gave these ids. */
    @Test
    void aKeyGivesTheSameJobIdAsBeforeAnUpgrade() {
        var product = gateway.post(INDEX, FORM, form("order-1"), IdempotencyKey.HEADER, "order-1");
        var file = new Multipart()
                .field("kind", "companies")
                .file("file", "a.csv", "text/csv", "siret\n73282932000074\n".getBytes(UTF_8));
        var imported = gateway.post("/api/v1/imports", file, IdempotencyKey.HEADER, "order-1");

        assertThat(jobId(product)).isEqualTo("57271fb4-ca4b-5a96-911f-d1fc74c57f67");
        assertThat(jobId(imported)).isEqualTo("d6053953-6ce5-5981-9db6-8c23563517ed");
        var path = "/api/v1/imports/" + jobId(imported) + "/cancel";
        assertThat(gateway.post(path, "application/json", new byte[0]).status())
                .as("other tests list the imports that are open")
                .isEqualTo(200);
    }

    @Test
    void anotherContentOrAnotherFileIsRefused() {
        gateway.post(INDEX, FORM, form("other-1"), IdempotencyKey.HEADER, "other-1");
        refused(
                gateway.post(INDEX, FORM, form("other-2"), IdempotencyKey.HEADER, "other-1"),
                422,
                "IDEMPOTENCY_KEY_REUSED");

        var path = "/api/v1/index-product-with-image";
        var first = gateway.post(path, picture("other-3", 1), IdempotencyKey.HEADER, "other-1");
        assertThat(first.status())
                .as("the same key sent with another call is another key")
                .isEqualTo(202);
        assertThat(jobId(gateway.post(path, picture("other-3", 1), IdempotencyKey.HEADER, "other-1")))
                .isEqualTo(jobId(first));
        refused(
                gateway.post(path, picture("other-3", 2), IdempotencyKey.HEADER, "other-1"),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        assertThat(published("other-2")).isZero();
    }

    @Test
    void aFailureStaysTheSameFailure() {
        var first = gateway.post(INDEX, FORM, form("broken-once"), IdempotencyKey.HEADER, "broken-once");
        var again = gateway.post(INDEX, FORM, form("broken-once"), IdempotencyKey.HEADER, "broken-once");

        assertThat(first.status()).isEqualTo(422);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(published("broken-once")).isEqualTo(1);
    }

    @Test
    void stopsWaitingForACallerThatDisconnectsAndGivesTheJobToACallerThatReturns() throws IOException {
        try (var caller = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            var body = form("stuck-once");
            caller.getOutputStream()
                    .write(("POST " + INDEX + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                                    + "\r\nContent-Length: " + body.length + "\r\nIdempotency-Key: stuck-once\r\n\r\n")
                            .getBytes(ISO_8859_1));
            caller.getOutputStream().write(body);
            await().atMost(PATIENCE).until(() -> published("stuck-once") == 1);

            var meanwhile = gateway.post(INDEX, FORM, body, IdempotencyKey.HEADER, "stuck-once");
            refused(meanwhile, 409, "IDEMPOTENCY_KEY_IN_USE");
            assertThat(meanwhile.header("Retry-After")).isEqualTo("1");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.bean(IdempotentCalls.class).beingAnswered() == 0);
        var key = new IdempotencyKey("anonymous", "index-product", "stuck-once");
        var again = gateway.post(
                INDEX, FORM, form("stuck-once"), IdempotencyKey.HEADER, "stuck-once", "Prefer", "respond-async");
        assertThat(again.status()).as("%s", again.json()).isEqualTo(202);
        assertThat(jobId(again)).isEqualTo(key.jobId());
        assertThat(published("stuck-once")).isEqualTo(1);
    }

    @Test
    void refusesAnInvalidKeyBeforeAnythingElse() {
        var answer = gateway.post(INDEX, FORM, form("no-key"), IdempotencyKey.HEADER, "");
        refused(answer, 400, "IDEMPOTENCY_KEY_INVALID");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        assertThat(published("no-key")).isZero();
    }

    @Test
    void aRefusedContentDoesNotUseUpItsKey() {
        var refused = gateway.post(INDEX, FORM, "product_id=mended".getBytes(UTF_8), IdempotencyKey.HEADER, "mended");
        var mended = gateway.post(INDEX, FORM, form("mended"), IdempotencyKey.HEADER, "mended");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(mended.status()).as("%s", mended.json()).isEqualTo(200);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    private long published(String productId) {
        return TestStack.kafka().read(gateway.topic("products.v1")).stream()
                .filter(message -> new String(message.key(), UTF_8).equals(productId))
                .count();
    }

    private static String jobId(Answer answer) {
        return answer.json().path("job_id").asText();
    }

    private static byte[] form(String id) {
        return ("product_id=" + id + "&name=Lamp&description=Light").getBytes(UTF_8);
    }

    private static Multipart multipart(String id) {
        return new Multipart().field("product_id", id).field("name", "Lamp").field("description", "Light");
    }

    private static Multipart picture(String id, int seed) {
        return multipart(id).file("image_file", "a.png", "image/png", Pictures.png(9, 9, seed));
    }
}
