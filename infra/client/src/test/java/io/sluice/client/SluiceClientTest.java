package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceClientTest {
    @TempDir
    private Path folder;

    @Test
    void aFileMayTakeLongerThanAnyOtherCall() throws IOException {
        var file = Files.writeString(folder.resolve("shops.csv"), "siret,nom\n");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        var gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var client = new SluiceClient(gateway, Duration.ofMillis(200), Duration.ofSeconds(30))) {
            assertThat(client.importFile(file, Map.of("kind", "companies"), "k").status())
                    .isEqualTo(202);
            assertThatThrownBy(() -> client.importStatus("i")).isInstanceOf(HttpTimeoutException.class);
        } finally {
            server.stop(0);
        }
    }
}
