package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.OneGateway.Surroundings;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.jobs.board.JobBoard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs as server-sent events, over real sockets. */
@ExtendWith(OneGateway.class)
class JobEventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private GatewayUnderTest gateway;
    private Surroundings all;

    @BeforeEach
    void gateway(Surroundings all) {
        this.all = all;
        this.gateway = all.gateway();
    }

    @Test
    void streamsTheStagesOfAJobAndEndsWithTheJob() {
        var path = accept(gateway, "events-1");

        var stream = gateway.lines(gateway.request(path));
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        var lines = stream.body().toList();

        assertThat(lines).contains("retry: 2000");
        assertThat(valuesOf("id", lines))
                .containsExactly(
                        "accepted", "accepted,embedded", "accepted,embedded,indexed", "accepted,embedded,indexed!");
        assertThat(valuesOf("event", lines)).containsExactly("stage", "stage", "stage", "end");
        assertThat(valuesOf("data", lines).getFirst()).startsWith("{\"stage\":\"accepted\",\"at\":\"20");
        assertThat(valuesOf("data", lines).getLast()).contains("\"status\":\"succeeded\"", "\"subject\":\"events-1\"");

        var rest = gateway.lines(gateway.request(path).header("Last-Event-ID", "accepted,embedded"));
        assertThat(valuesOf("id", rest.body().toList()))
                .containsExactly("accepted,embedded,indexed", "accepted,embedded,indexed!");
        var nothing = gateway.lines(gateway.request(path).header("Last-Event-ID", "accepted,embedded,indexed!"));
        assertThat(nothing.statusCode()).isEqualTo(204);
    }

    @Test
    void removesAListenerThatDisconnects() throws IOException {
        var path = accept(gateway, "stuck-events-1");
        var board = gateway.bean(JobBoard.class);
        var before = board.watched();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
            await().atMost(PATIENCE).until(() -> board.watched() > before);
        }
        await().atMost(PATIENCE).until(() -> board.watched() == before);
    }

    @Test
    void anotherInstanceContinuesWhenOneStopsAndKnowsItsKeys() {
        CompletableFuture<List<String>> heard;
        String path;
        long started;
        try (var other = new GatewayUnderTest(gateway.prefix, all.properties())) {
            path = accept(other, "stuck-events-2", IdempotencyKey.HEADER, "events-2");
            var stream = gateway.lines(other.request(path));
            heard = CompletableFuture.supplyAsync(() -> stream.body().toList());
            await().atMost(PATIENCE).until(() -> other.bean(JobBoard.class).watched() > 0);
            started = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(12));
        assertThat(heard).succeedsWithin(Duration.ofSeconds(1));
        assertThat(valuesOf("id", heard.join())).containsExactly("accepted");

        var rest = gateway.lines(gateway.request(path).header("Last-Event-ID", "accepted"));
        assertThat(rest.statusCode()).isEqualTo(200);
        rest.body().close();
        assertThat(accept(gateway, "stuck-events-2", IdempotencyKey.HEADER, "events-2"))
                .isEqualTo(path);
    }

    private static String accept(GatewayUnderTest gateway, String id, String... headers) {
        var form = new Multipart().field("product_id", id).field("name", "Lamp").field("description", "Light.");
        var all = Stream.concat(Stream.of("Prefer", "respond-async"), Stream.of(headers))
                .toArray(String[]::new);
        var accepted = gateway.post("/api/v1/index-product", form, all);
        assertThat(accepted.status()).as("%s", accepted.json()).isEqualTo(202);
        return accepted.header("Location") + "/events";
    }

    private static List<String> valuesOf(String field, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .toList();
    }
}
