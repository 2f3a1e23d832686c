package io.sluice.client.product;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BulkProductsTest {
    @Test
    void linesAreReadAsTheyAreSentAndTheLaterOnesAreNotMadeBefore() throws IOException {
        var made = new AtomicLong();
        var madeAtFirst = new AtomicLong();
        Iterable<byte[]> lines = () -> numbered(50_000, made);
        try (var server = TestServer.answering(exchange -> {
                    var body = new BufferedReader(new InputStreamReader(exchange.getRequestBody(), UTF_8));
                    var count = 0;
                    for (var line = body.readLine(); line != null; line = body.readLine()) {
                        madeAtFirst.compareAndSet(0, made.get());
                        assertThat(line).startsWith("{\"product_id\":\"p-" + count++ + "\"");
                    }
                    exchange.sendResponseHeaders(202, 0);
                    for (int i = 0; i < count; i++) {
                        exchange.getResponseBody()
                                .write("{\"product_id\":\"p-%d\",\"status\":\"queued\",\"job_id\":\"j\"}\n"
                                        .formatted(i)
                                        .getBytes(UTF_8));
                    }
                });
                var client = new SluiceClient(server.url())) {
            var ids = new ArrayList<String>();

            assertThat(client.bulk()
                            .save(lines, answer -> ids.add(answer.productId()))
                            .orElseThrow())
                    .isEqualTo(50_000L);

            assertThat(ids).hasSize(50_000).startsWith("p-0").endsWith("p-49999");
            assertThat(madeAtFirst.get())
                    .as("lines made when the server read the first")
                    .isBetween(1L, 25_000L);
        }
    }

    @Test
    void answersComeBeforeTheGatewayHasSentTheLast() throws IOException {
        var firstHeard = new CountDownLatch(1);
        try (var server = TestServer.answering(exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(202, 0);
                    var out = exchange.getResponseBody();
                    out.write("{\"product_id\":\"a\",\"status\":\"queued\",\"job_id\":\"j\"}\n".getBytes(UTF_8));
                    out.flush();
                    await(firstHeard);
                    out.write("""
                            {"product_id":"b","status":"rejected","error":{"code":"KAFKA_UNAVAILABLE","message":"Kafka is away","retryable":true}}
                            """.getBytes(UTF_8));
                });
                var client = new SluiceClient(server.url())) {
            var answers = new ArrayList<LineAnswer>();

            client.bulk()
                    .save(List.of("{}".getBytes(UTF_8), "{}".getBytes(UTF_8)), answer -> {
                        answers.add(answer);
                        firstHeard.countDown();
                    })
                    .orElseThrow();

            assertThat(answers)
                    .containsExactly(
                            new LineAnswer.Accepted("a", "j"), new LineAnswer.Rejected("b", "Kafka is away", true));
        }
    }

    @Test
    void answersThatWereReadBeforeTheCallBrokeOffCount() throws IOException {
        var firstHeard = new CountDownLatch(1);
        try (var server = TestServer.answering(exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(202, 10_000);
                    var out = exchange.getResponseBody();
                    out.write("{\"product_id\":\"a\",\"status\":\"queued\",\"job_id\":\"j\"}\n{\"product"
                            .getBytes(UTF_8));
                    out.flush();
                    await(firstHeard);
                });
                var client = new SluiceClient(server.url())) {
            var answers = new ArrayList<LineAnswer>();

            assertThatThrownBy(() -> client.bulk().save(List.of("{}".getBytes(UTF_8)), answer -> {
                        answers.add(answer);
                        firstHeard.countDown();
                    }))
                    .isInstanceOf(IOException.class);

            assertThat(answers).containsExactly(new LineAnswer.Accepted("a", "j"));
        }
    }

    @Test
    void anAnswerThatIsSilentForTooLongIsGivenUp() throws IOException {
        var deadlines = Deadlines.ofDefaults().withAnswer(Duration.ofSeconds(1));
        var over = new CountDownLatch(1);
        try (var server = TestServer.answering(exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(202, 0);
                    var out = exchange.getResponseBody();
                    out.write("{\"product_id\":\"a\",\"status\":\"queued\",\"job_id\":\"j\"}\n".getBytes(UTF_8));
                    out.flush();
                    await(over);
                });
                var client = new SluiceClient(server.url(), Credentials.none(), deadlines)) {
            var answers = new ArrayList<LineAnswer>();
            var start = System.nanoTime();

            assertThatThrownBy(() -> client.bulk().save(List.of("{}".getBytes(UTF_8)), answers::add))
                    .isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("long before the server ends the answer, after 30 s")
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(answers).containsExactly(new LineAnswer.Accepted("a", "j"));
        } finally {
            over.countDown();
        }
    }

    private static Iterator<byte[]> numbered(int count, AtomicLong made) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .peek(_ -> made.incrementAndGet())
                .map(i -> "{\"product_id\":\"p-%d\",\"description\":\"%s\"}"
                        .formatted(i, "x".repeat(400))
                        .getBytes(UTF_8))
                .iterator();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
