package io.sluice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A gateway that uses the shared broker, and an HTTP client of it. */
final class GatewayUnderTest implements AutoCloseable {
    static final String JWT_SECRET = "a secret of the tests, 32 bytes or more";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = JsonCodec.newMapper();

    final String prefix;
    final ApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    /** Starts a gateway. Gateways with the same prefix are instances of one deployment. */
    GatewayUnderTest(String prefix, Map<String, Object> more) {
        this.prefix = prefix;
        var properties = new HashMap<String, Object>(Map.of(
                "kafka.bootstrap.servers",
                TestStack.kafka().bootstrapServers(),
                "sluice.topic-prefix",
                prefix,
                "sluice.partitions",
                2,
                "sluice.http.port",
                0,
                "sluice.hosts",
                "sluice.example",
                "sluice.open-producers",
                true,
                // A gateway works on accounts from its start: it must not find the database of somebody's `./sluice
                // up`.
                "database.url",
                "jdbc:postgresql://127.0.0.1:1/sluice",
                "sluice.jwt.secret",
                JWT_SECRET,
                "sluice.data-dir",
                TestStack.newFolder("gateway").toString()));
        properties.putAll(more);
        this.context = Gateway.start(properties);
        this.uri = context.getBean(EmbeddedServer.class).getURI();
    }

    String topic(String name) {
        return prefix + name;
    }

    int port() {
        return uri.getPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An answer whose body was JSON. */
    record Answer(int status, HttpResponse<byte[]> response, JsonNode json) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path, String... headers) {
        return send(headers(request(path).DELETE(), headers));
    }

    Answer post(String path, String contentType, byte[] body, String... headers) {
        var request = request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body));
        return send(headers(request, headers));
    }

    Answer post(String path, Multipart form, String... headers) {
        return post(path, form.contentType(), form.body(), headers);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            var type = response.headers().firstValue("Content-Type").orElse("");
            var json = type.matches(".*[+/]json.*") ? JSON.readTree(response.body()) : JSON.nullNode();
            return new Answer(response.statusCode(), response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return an answer whose lines can be read while they arrive} */
    HttpResponse<Stream<String>> lines(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
