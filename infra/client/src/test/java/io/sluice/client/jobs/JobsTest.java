package io.sluice.client.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import io.sluice.client.http.Patience;
import io.sluice.client.jobs.JobState.Stage;
import io.sluice.schemas.job.JobStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final String ACCEPTED =
            "retry: 1\nid: 1\nevent: stage\ndata: {\"stage\":\"accepted\",\"at\":\"2026-01-01T00:00:00Z\",\"took_ms\":0}\n\n";
    private static final String EMBEDDED =
            ": still here\n\nid: 2\nevent: stage\ndata: {\"stage\":\"embedded\",\"at\":\"2026-01-01T00:00:01Z\",\"took_ms\":900}\n\n";
    private static final String END =
            "id: 2!\nevent: end\ndata: {\"job_id\":\"j\",\"status\":\"dead\",\"error\":{\"code\":\"BAD\",\"message\":\"no good\"}}\n\n";

    private final List<Stage> stages = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    @Test
    void aStreamThatBreaksOffIsTakenUpAfterTheLastEventReceived() throws IOException {
        var lastIds = new ArrayList<String>();
        try (var server = TestServer.answering(exchange -> {
                    lastIds.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
                    stream(exchange, connections.incrementAndGet() == 1 ? ACCEPTED : EMBEDDED + END);
                });
                var client = new SluiceClient(server.url())) {
            var job = client.jobs().follow("j", Patience.none(), stages::add).orElseThrow();

            assertThat(stages).extracting(Stage::name).containsExactly("accepted", "embedded");
            assertThat(lastIds).containsExactly("null", "1");
            assertThat(job.status()).isEqualTo(JobStatus.DEAD);
            assertThat(job.error()).isEqualTo("BAD: no good");
        }
    }

    @Test
    void aJobIsStoppedAndSaysHowFarItCame() throws IOException {
        var calls = new ArrayList<String>();
        try (var server = TestServer.answering(exchange -> {
                    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    var body = "{\"job_id\":\"j\",\"status\":\"canceled\",\"counts\":{\"sent\":7}}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                });
                var client = new SluiceClient(server.url())) {
            var job = client.jobs().cancel("j").orElseThrow();

            assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
            assertThat(job.count("sent")).isEqualTo(7);
            assertThat(job.count("skipped")).isZero();
            assertThat(calls).containsExactly("POST /api/v1/jobs/j/cancel");
        }
    }

    @Test
    void aGatewayThatIsAwayBetweenTwoConnectionsIsWaitedFor() throws IOException {
        try (var server = TestServer.answering(exchange -> {
                    switch (connections.incrementAndGet()) {
                        case 1 -> stream(exchange, ACCEPTED);
                        case 2 -> exchange.sendResponseHeaders(503, -1);
                        case 3 -> stream(exchange, ": about to stop\n\n");
                        default -> stream(exchange, END);
                    }
                });
                var client = new SluiceClient(server.url())) {
            var patience = new Patience(Duration.ofMinutes(1), _ -> {});

            assertThat(client.jobs()
                            .follow("j", patience, stages::add)
                            .orElseThrow()
                            .hasEnded())
                    .isTrue();
            assertThat(connections).hasValue(4);
        }
    }

    @Test
    void aLineThatIsSilentForTooLongIsGivenUp() throws IOException {
        var over = new CountDownLatch(1);
        var deadlines = new Deadlines(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(300));
        try (var server = TestServer.answering(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().flush();
                    await(over);
                });
                var client = new SluiceClient(server.url(), Credentials.none(), deadlines)) {
            var start = System.nanoTime();

            assertThatThrownBy(() -> client.jobs().follow("j", Patience.none(), stages::add))
                    .isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("long before the server ends the answer, after 30 s")
                    .isLessThan(Duration.ofSeconds(15));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aJobThatIsNotKnownIsARefusal() throws IOException {
        try (var server = TestServer.answering(exchange -> exchange.sendResponseHeaders(404, -1));
                var client = new SluiceClient(server.url())) {
            assertThat(client.jobs().follow("j", Patience.none(), stages::add).status())
                    .isEqualTo(404);
        }
    }

    private static void await(CountDownLatch over) {
        try {
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stream(HttpExchange exchange, String events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(events.getBytes(UTF_8));
    }
}
