package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreIT {
    @TempDir
    Path dir;

    @Test
    void keepsObjectsInTheBucketThatIsThereFromTheStart() throws Exception {
        try (var store = LocalObjectStore.start(dir)) {
            assertThat(put(store.url(), "products/abc", "a picture").statusCode())
                    .isEqualTo(200);
        }

        try (var store = LocalObjectStore.start(dir)) {
            var answer = get(store.url(), "products/abc");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("a picture");
            assertThat(get(store.url(), "products/unknown").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void losesNothingWhenItsProcessIsKilled() throws Exception {
        try (var killed = PartProcess.start("s3", dir, 0)) {
            put(killed.address(), "products/abc", "a picture");
        }

        try (var store = LocalObjectStore.start(dir)) {
            assertThat(get(store.url(), "products/abc").body()).isEqualTo("a picture");
        }
    }

    @Test
    void namesTheVariableWhenItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalObjectStore.start(dir, Part.LOOPBACK, taken.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("SLUICE_S3_PORT");
        }
    }

    static HttpResponse<String> put(String url, String key, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(url, key)).PUT(BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> get(String url, String key) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(url, key)));
    }

    private static URI address(String url, String key) {
        return URI.create("%s/%s/%s".formatted(url, LocalObjectStore.BUCKET, key));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
