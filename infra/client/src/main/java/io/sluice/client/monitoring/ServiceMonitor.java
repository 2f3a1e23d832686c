package io.sluice.client.monitoring;

import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import io.sluice.client.http.HttpCaller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads the health and the metrics of one service, as a monitoring system would. Threads may share it. */
public final class ServiceMonitor implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpCaller http;

    public ServiceMonitor(URI service) {
        this.http = new HttpCaller(service, Deadlines.ofDefaults().withAnswer(ANSWER), Credentials.none());
    }

    /**
     * Asks the service whether it is ready for requests.
     *
     * @throws IOException when it does not answer
     */
    public boolean isReady() throws IOException {
        return http.stream(http.request("/health/readiness"), InputStream::readAllBytes)
                .isSuccess();
    }

    /**
     * Adds up the series of a metric that have a label.
     *
     * @param label such as {@code name="value"}
     */
    public double sum(String metric, String label) throws IOException {
        return http.stream(
                        http.request("/prometheus").setHeader("Accept", "text/plain"), body -> sum(body, metric, label))
                .orElseThrow();
    }

    private static double sum(InputStream page, String metric, String label) {
        return new BufferedReader(new InputStreamReader(page, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        http.close();
    }
}
