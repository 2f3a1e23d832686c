package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A service's own figures, as a monitoring system would read them. */
final class Metrics implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI page;

    Metrics(URI service) {
        this.page = service.resolve("/prometheus");
    }

    /** {@return the sum over all series of this name that have a label, written {@code name="value"}} */
    double sum(String name, String label) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofLines());
        return answer.body()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        http.close();
    }
}
