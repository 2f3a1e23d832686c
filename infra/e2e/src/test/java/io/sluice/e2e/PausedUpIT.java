package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.product.LineAnswer;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline of {@code ./sluice up} is paused by the command line, and stays so when everything is killed. */
class PausedUpIT {
    private static final String REASON = "Qdrant moves to another machine";
    private static final int PRODUCTS = 40;

    @TempDir
    Path folder;

    @Test
    void aPausedPipelineStaysPausedThroughAKillAndLosesNothingWhenItIsResumed() throws Exception {
        var sluice = new UpFolder(folder);
        var terminal = new Terminal(sluice.data(), folder.resolve("config"));
        var accepted = new TreeSet<String>();
        String paused;
        // Given a pipeline that is paused, and products that wait for it
        try (var up = sluice.start()) {
            accepted.addAll(send(sluice, 0, PRODUCTS / 2));
            awaitInPostgres(sluice, accepted);

            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(terminal.run("pipelines").ok().lines())
                                    .as("every pipeline runs, with one instance")
                                    .filteredOn(line -> line.matches("\\S+ +running .* 1"))
                                    .extracting(line -> line.replaceFirst(" .*", ""))
                                    .containsExactly(
                                            "embedder",
                                            "indexer",
                                            "row-indexer",
                                            "photo-preparer",
                                            "photo-indexer",
                                            "prepared-photo-indexer",
                                            "face-indexer",
                                            "importer",
                                            "rekognizer",
                                            "face-enroller"));
            assertThat(terminal.run("pipelines", "pause", "indexer", "--reason", REASON)
                            .ok())
                    .startsWith("indexer: paused by admin since ")
                    .endsWith(": " + REASON);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> health(sluice, Endpoints.INDEXER).contains("paused by admin since "));
            paused = table(terminal, "indexer");
            assertThat(paused).contains("paused by admin since ", REASON);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> up.err().contains("The pipeline indexer is paused by admin since "));
            assertThat(health(sluice, Endpoints.HTTP)).contains("\"status\":\"UP\"", REASON);
            assertThat(health(sluice, Endpoints.IMPORTER)).contains("\"importer\":\"running\"");

            accepted.addAll(send(sluice, PRODUCTS / 2, PRODUCTS));
            sluice.killEverything(up);
        }
        // When everything is started again
        try (var up = sluice.start()) {
            // Then it is still paused, for the same reason, and nothing came through
            assertThat(table(terminal, "indexer")).isEqualTo(paused);
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(lag(terminal, "indexer")).isGreaterThanOrEqualTo(PRODUCTS / 2));
            assertThat(inPostgres(sluice)).hasSize(PRODUCTS / 2);

            // And once it is resumed, nothing is lost
            assertThat(terminal.run("pipelines", "resume", "indexer").ok()).startsWith("indexer: ");
            awaitInPostgres(sluice, accepted);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> up.err().contains("The pipeline indexer runs again"));
            assertThat(up.err()).containsOnlyOnce("The pipeline indexer is paused by admin since ");
        }
    }

    /** {@return the lag; the embedder has done its part once it is not smaller than the number of products sent} */
    private static int lag(Terminal terminal, String pipeline) {
        var table = terminal.run("pipelines").ok();
        var row = table.lines().filter(line -> line.startsWith(pipeline + " ")).findFirst();
        assertThat(row).as(table).isPresent();
        return Integer.parseInt(row.get().split(" +", -1)[2]);
    }

    private static Set<String> send(UpFolder sluice, int from, int to) throws Exception {
        var lines = IntStream.range(from, to)
                .mapToObj(i -> Products.json("paused-" + i).getBytes(UTF_8))
                .toList();
        var accepted = new ArrayList<String>();
        try (var client = sluice.client()) {
            var _ = client.bulk().save(lines, answer -> {
                if (answer instanceof LineAnswer.Accepted line) {
                    accepted.add(line.productId());
                }
            });
        }
        assertThat(accepted).hasSize(to - from);
        return Set.copyOf(accepted);
    }

    private static Set<String> inPostgres(UpFolder sluice) throws Exception {
        return new Truth(SluiceProcess.endpoints(sluice.data())).inPostgres();
    }

    private static void awaitInPostgres(UpFolder sluice, Set<String> ids) {
        Awaitility.await()
                .atMost(90, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(inPostgres(sluice)).isEqualTo(ids));
    }

    /** {@return the line below the pipeline's own, which says why it does not run} */
    private static String table(Terminal terminal, String pipeline) {
        List<String> lines = terminal.run("pipelines").ok().lines().toList();
        var own = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith(pipeline + " "))
                .findFirst()
                .orElseThrow();
        return lines.get(own + 1);
    }

    /** {@return the readiness of a service, which must be ready} */
    private static String health(UpFolder sluice, String service) throws Exception {
        var url = SluiceProcess.endpoints(sluice.data()).get(service) + "/health/readiness";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
