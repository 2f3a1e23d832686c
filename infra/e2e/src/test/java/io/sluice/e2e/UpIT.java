package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.client.SluiceClient;
import io.sluice.local.demo.Demo;
import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice up} as its user meets it: started, fed, killed, started again, stopped under load. */
class UpIT {
    private static final int PRODUCTS = 500;
    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Map<String, String> ports = FreePorts.environment();

    @Test
    void everyAcceptedProductIsThereOnceAfterKillsAndAStopUnderLoad() throws Exception {
        var accepted = new TreeSet<String>();
        // Given a fresh start, a load, and a kill -9 of everything, Postgres included, twice
        for (int round = 1; round <= 2; round++) {
            try (var up = up()) {
                try (var load = new Load(gateway(), 4)) {
                    var enough = round * PRODUCTS / 4;
                    Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> load.count() >= enough);
                    killEverything(up);
                    accepted.addAll(load.accepted());
                }
            }
        }
        // When it is started again, loaded, and asked to stop under that load
        try (var up = up()) {
            try (var load = new Load(gateway(), 4)) {
                Awaitility.await()
                        .atMost(120, TimeUnit.SECONDS)
                        .until(() -> union(accepted, load.accepted()).size() >= PRODUCTS);
                up.terminate();
                assertThat(up.exitCode(STOP)).as(up.err()).isZero();
                accepted.addAll(load.accepted());
            }
            assertThat(up.hasCrashed()).isFalse();
            assertThat(postmasters()).as("Postgres processes left behind").isEmpty();
        }
        // Then the next start finds every accepted product, once, and the demo still works on the same data
        try (var up = up()) {
            assertThat(up.isAlive()).isTrue();
            var truth = new Truth(SluiceProcess.endpoints(data()));
            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(truth.inPostgres()).containsAll(accepted));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(truth.inQdrant())
                            .isEqualTo(truth.inPostgres().size()));
            assertSearchable(accepted);
            assertThat(tour()).contains("Every hit above was checked");
        }
    }

    private void assertSearchable(Set<String> ids) throws IOException {
        try (var sluice = new SluiceClient(gateway())) {
            for (var id : ids) {
                var answer = sluice.search(Map.of("q", "Product " + id, "filter", "sku:" + id));
                assertThat(answer.body().at("/results/0/product_id").asText())
                        .as(id)
                        .isEqualTo(id);
                assertThat(answer.body().path("results")).hasSize(1);
            }
        }
    }

    private String tour() throws Exception {
        var out = new ByteArrayOutputStream();
        var endpoints = SluiceProcess.endpoints(data());
        new Demo(
                        URI.create(endpoints.get(Endpoints.HTTP)),
                        endpoints.get(Endpoints.KAFKA),
                        new PrintStream(out, true, UTF_8),
                        Duration.ofSeconds(90))
                .run();
        return out.toString(UTF_8);
    }

    private SluiceProcess up() throws InterruptedException {
        var environment = new java.util.HashMap<>(ports);
        environment.put("SLUICE_DATA_DIR", data().toString());
        var started = System.nanoTime();
        var up = SluiceProcess.start(folder.resolve("run"), environment, "up").awaitLine("sluice ready: ");
        System.out.printf(
                "up was ready after %d ms%n",
                Duration.ofNanos(System.nanoTime() - started).toMillis());
        return up;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private URI gateway() {
        return URI.create("http://127.0.0.1:" + ports.get("SLUICE_HTTP_PORT"));
    }

    private void killEverything(SluiceProcess up) throws InterruptedException {
        up.kill();
        for (var postmaster : postmasters()) {
            postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        }
    }

    /** {@return the live postmasters of the data folder} */
    private Set<ProcessHandle> postmasters() {
        try (var files = Files.walk(data())) {
            return files.filter(file -> file.endsWith("postmaster.pid"))
                    .map(UpIT::firstLine)
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .filter(ProcessHandle::isAlive)
                    .collect(java.util.stream.Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        var all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
