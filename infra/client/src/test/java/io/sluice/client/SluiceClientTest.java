package io.sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import io.sluice.client.http.UnexpectedAnswerException;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.search.SearchQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceClientTest {
    @TempDir
    private Path folder;

    @Test
    void aFileMayTakeLongerThanAnyOtherCall() throws IOException {
        var file = Files.writeString(folder.resolve("shops.csv"), "siret,nom\n");
        var deadlines = new Deadlines(
                Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (var server = TestServer.answering(exchange -> {
                    LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
                    exchange.getRequestBody().readAllBytes();
                    reply(exchange, 202, "{\"import_id\":\"i\",\"status\":\"queued\"}");
                });
                var client = new SluiceClient(server.url(), Credentials.none(), deadlines)) {
            assertThat(client.imports()
                            .send(file, ImportOptions.ofKind("companies"), "k")
                            .orElseThrow()
                            .id())
                    .isEqualTo("i");
            assertThatThrownBy(() -> client.imports().find("i")).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aRefusalIsAValueWithTheCodeTheFieldsAndWhenToComeBack() throws IOException {
        try (var server = TestServer.answering(exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    reply(exchange, 422, """
                            {"type":"about:blank","title":"Not valid","status":422,"code":"VALIDATION_FAILED",
                             "detail":"name must not be blank",
                             "errors":[{"field":"name","message":"must not be blank"}]}""");
                });
                var client = new SluiceClient(server.url())) {
            var answer = client.products().save(Map.of("name", " "));

            assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                assertThat(refused.problem().code()).isEqualTo("VALIDATION_FAILED");
                assertThat(refused.problem().reason()).isEqualTo("name must not be blank");
                assertThat(refused.problem())
                        .hasToString("HTTP 422, VALIDATION_FAILED, Not valid; name must not be blank");
            });
        }
    }

    @Test
    void aRefusalThatIsNoProblemStillHasItsStatus() throws IOException {
        try (var server = TestServer.answering(exchange -> reply(exchange, 502, "<html>Bad gateway</html>"));
                var client = new SluiceClient(server.url())) {
            var answer = client.search().find(SearchQuery.of("tea"));

            assertThat(answer.status()).isEqualTo(502);
            assertThatThrownBy(answer::orElseThrow).hasMessage("HTTP 502");
        }
    }

    @Test
    void aSuccessThatIsNotWhatWasAskedForIsNotTakenForIt() throws IOException {
        try (var server = TestServer.answering(exchange ->
                        reply(exchange, 200, exchange.getRequestURI().getPath().contains("jobs") ? "{}" : "<html>"));
                var client = new SluiceClient(server.url())) {
            assertThatThrownBy(() -> client.jobs().find("j"))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessage("the gateway's answer is not a job: {}");
            assertThatThrownBy(() -> client.products().find("p"))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining("is not JSON");
        }
    }

    @Test
    void everyCallIsMadeByHttp11AndIdsAreEscaped() throws IOException {
        var seen = new StringBuilder();
        try (var server = TestServer.answering(exchange -> {
                    seen.append(exchange.getProtocol())
                            .append(' ')
                            .append(exchange.getRequestURI())
                            .append(exchange.getRequestHeaders().containsKey("Upgrade") ? " upgrade" : "");
                    reply(exchange, 200, "{}");
                });
                var client = new SluiceClient(server.url().resolve("/below/"))) {
            client.products().find("a b/c");

            assertThat(seen).hasToString("HTTP/1.1 /below/api/v1/products/a%20b%2Fc");
        }
    }

    @Test
    void anAddressOfHttpsIsSpokenToByTls() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var client = new SluiceClient(URI.create("https://127.0.0.1:" + server.getLocalPort()))) {
            server.setSoTimeout(10_000);
            var firstByte = threads.submit(() -> {
                try (var connection = server.accept()) {
                    return connection.getInputStream().read();
                }
            });

            assertThatThrownBy(() -> client.products().find("p")).isInstanceOf(IOException.class);
            assertThat(firstByte.get()).as("content type of a TLS handshake").isEqualTo(22);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
