package io.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until services accept requests. */
final class Readiness implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration ASK_EVERY = Duration.ofMillis(50);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Returns when the service answers that it is ready.
     *
     * @param url the service's address
     * @throws StartException with the service's last answer when that takes longer than {@code patience}
     */
    void await(Service service, String url, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var request = HttpRequest.newBuilder(URI.create(url + "/health/readiness"))
                .timeout(ANSWER_WITHIN)
                .build();
        var answer = ask(request);
        while (!answer.ready()) {
            if (System.nanoTime() > deadline) {
                throw new StartException("The %s was not ready within %d s: %s"
                        .formatted(service.title(), patience.toSeconds(), answer.word()));
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
            answer = ask(request);
        }
    }

    private record Answer(boolean ready, String word) {}

    private Answer ask(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode() == OK, response.body());
        } catch (IOException e) {
            return new Answer(false, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted before everything was ready");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
