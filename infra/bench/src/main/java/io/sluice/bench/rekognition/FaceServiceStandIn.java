package io.sluice.bench.rekognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The admin path of the stand-in for Rekognition: it limits the calls, and says what was called. */
public final class FaceServiceStandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    /** @param server the endpoint of the stand-in */
    public FaceServiceStandIn(URI server) {
        this.server = server;
    }

    /**
     * What was called since the limits were set.
     *
     * @param indexCalls calls of {@code IndexFaces}, throttled ones too
     * @param succeeded calls that got a result
     * @param at the value of {@link System#nanoTime}
     */
    public record Stats(long indexCalls, long succeeded, long throttled, int maxInFlight, long at) {
        /** {@return how many calls succeeded in a second, from then until now} */
        public double perSecondSince(Stats then) {
            return (succeeded - then.succeeded) / ((at - then.at) / 1e9);
        }

        /** {@return how many calls were made for each that succeeded, from then until now} */
        public double callsPerSuccessSince(Stats then) {
            return (double) (indexCalls - then.indexCalls) / (succeeded - then.succeeded);
        }
    }

    /** Serves this many calls a second from now on, and throttles more. Counts from zero. */
    public void allow(int callsPerSecond, Duration latency) throws IOException, InterruptedException {
        set("{\"tps\": %d, \"latency_ms\": %d}".formatted(callsPerSecond, latency.toMillis()));
    }

    /** Serves every call at once from now on. Counts from zero. */
    public void allowAll() throws IOException, InterruptedException {
        set("{}");
    }

    private void set(String faults) throws IOException, InterruptedException {
        ask(request("faults").POST(BodyPublishers.ofString(faults)));
    }

    /** {@return what was called until now} */
    public Stats stats() throws IOException, InterruptedException {
        var stats = JSON.readTree(ask(request("stats")));
        return new Stats(
                stats.path("calls").path("IndexFaces").asLong(),
                number(stats, "succeeded"),
                number(stats, "throttled"),
                (int) number(stats, "max_in_flight"),
                System.nanoTime());
    }

    private static long number(JsonNode stats, String field) {
        return stats.required(field).asLong();
    }

    private HttpRequest.Builder request(String what) {
        return HttpRequest.newBuilder(server.resolve("/_sluice/" + what)).timeout(ANSWER);
    }

    private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("the stand-in answers " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
