package io.sluice.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.stack.LocalFaceService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** The stand-in for Rekognition, with its admin path: faults on demand, and counts of the calls. */
public final class TestRekognition implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalFaceService service;

    private TestRekognition(LocalFaceService service) {
        this.service = service;
    }

    /** Starts a stand-in on a free port, over this folder. */
    public static TestRekognition start(Path dir) {
        return new TestRekognition(LocalFaceService.start(dir));
    }

    /** {@return the endpoint for clients of Rekognition} */
    public String url() {
        return service.url();
    }

    /**
     * Replaces the faults, and counts the calls from now.
     *
     * @param json such as {@code {"tps": 5, "latency_ms": 50}}; {@code {}} for no faults
     */
    public void fault(String json) {
        ask(HttpRequest.newBuilder(URI.create(url() + "/_sluice/faults")).POST(BodyPublishers.ofString(json)), 204);
    }

    /** {@return the counts since the faults were set: {@code calls} by operation, {@code succeeded}, {@code throttled}} */
    public JsonNode stats() {
        var body = ask(HttpRequest.newBuilder(URI.create(url() + "/_sluice/stats")), 200);
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("the stand-in answers " + body, e);
        }
    }

    /** {@return how often this operation was called since the faults were set, such as {@code IndexFaces}} */
    public int calls(String operation) {
        return stats().path("calls").path(operation).asInt();
    }

    private String ask(HttpRequest.Builder request, int expected) {
        try {
            var answer = http.send(request.timeout(DEADLINE).build(), BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException("the stand-in answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("the stand-in does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        service.close();
    }
}
