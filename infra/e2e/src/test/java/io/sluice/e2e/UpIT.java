package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.search.SearchQuery;
import io.sluice.local.demo.Demo;
import io.sluice.local.process.SluiceProcess;
import io.sluice.local.samples.Companies;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.text.VisibleLines;
import io.sluice.stack.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice up} as a user runs it: start, load, kill, start again, stop under load. */
class UpIT {
    private static final int PRODUCTS = 500;
    private static final int ROWS = 20_000;
    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private UpFolder sluice;

    @BeforeEach
    void choosePorts() {
        sluice = new UpFolder(folder);
    }

    @Test
    void everyAcceptedProductRowAndUserIsThereOnceAfterKillsAndAStopUnderLoad() throws Exception {
        var accepted = new TreeSet<String>();
        var imports = new ArrayList<String>();
        var accounts = new Accounts(sluice.gateway(), sluice.data());
        // Given a fresh start, a load, and a kill -9 of everything, Postgres included, twice
        for (int round = 1; round <= 2; round++) {
            try (var up = sluice.start()) {
                if (round == 1) {
                    assertThat(up.out().lines()).as("standard output").hasSize(1);
                    assertThat(up.err())
                            .contains(sluice.data().resolve("admin-password").toString());
                    accounts.begin();
                }
                try (var load = new Load(sluice::client, 4)) {
                    var enough = round * PRODUCTS / 4;
                    Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> load.count() >= enough);
                    imports.add(importHalfWay(round));
                    sluice.killEverything(up);
                    accepted.addAll(load.accepted());
                }
            }
        }
        // When it is started again, loaded, and asked to stop under that load
        try (var up = sluice.start()) {
            try (var load = new Load(sluice::client, 4)) {
                Awaitility.await()
                        .atMost(120, TimeUnit.SECONDS)
                        .until(() -> union(accepted, load.accepted()).size() >= PRODUCTS);
                up.terminate();
                assertThat(up.exitCode(STOP)).as(up.err()).isZero();
                accepted.addAll(load.accepted());
            }
            assertThat(up.hasCrashed()).isFalse();
            assertThat(Postmaster.of(sluice.data())).as("Postgres left behind").isEmpty();
        }
        // Then the next start finds every accepted product, once, and the demo still works on the same data
        try (var up = sluice.start()) {
            assertThat(up.isAlive()).isTrue();
            assertThat(up.err())
                    .containsOnlyOnce("Reads " + UpFolder.OLD_NAME + "=1000 as SLUICE_IMPORT_UPLOADS_PER_MINUTE=1000");
            var truth = new Truth(SluiceProcess.endpoints(sluice.data()));
            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(truth.inPostgres()).containsAll(accepted));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(truth.inQdrant())
                            .isEqualTo(truth.inPostgres().size()));
            assertSearchable(accepted);
            assertImported(imports);
            accounts.end();
            assertThat(tour()).contains("Every hit above was checked");
        }
    }

    /** Starts an import and returns when some of its rows are in the table, and others are not. */
    private String importHalfWay(int round) throws Exception {
        try (var client = sluice.client()) {
            var id = Imports.send(client, folder, rows(round));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Imports.state(client, id).rowsDone() > 0);
            return id;
        }
    }

    /** Returns the rows of a round's file. Half of the companies of round 2 are also in round 1. */
    private static List<List<String>> rows(int round) {
        return Companies.rows((round - 1) * ROWS / 2, (round + 1) * ROWS / 2);
    }

    private void assertImported(List<String> imports) throws Exception {
        try (var client = sluice.client()) {
            for (var id : imports) {
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() ->
                                assertThat(Imports.state(client, id).status()).isEqualTo(JobStatus.SUCCEEDED));
                var end = Imports.state(client, id);
                assertThat(end.rowsWritten()).as(end.toString()).isEqualTo(ROWS);
                assertThat(end.rowsTotal()).isEqualTo(ROWS);
            }
        }
        var companies = new HashMap<>(Imports.names(rows(1)));
        companies.putAll(Imports.names(rows(2)));
        var postgres = SluiceProcess.endpoints(sluice.data()).get(Endpoints.POSTGRES);
        assertThat(Imports.companies(postgres)).isEqualTo(companies);
    }

    private void assertSearchable(Set<String> ids) throws IOException {
        try (var client = sluice.client()) {
            for (var id : ids) {
                var query = SearchQuery.of("Product " + id).withFilter("sku:" + id);
                assertThat(client.search().find(query).orElseThrow().productIds())
                        .containsExactly(id);
            }
        }
    }

    private String tour() throws Exception {
        var out = new ByteArrayOutputStream();
        var endpoints = SluiceProcess.endpoints(sluice.data());
        new Demo(
                        URI.create(endpoints.get(Endpoints.HTTP)),
                        sluice.admin(),
                        endpoints.get(Endpoints.KAFKA),
                        new VisibleLines(new PrintStream(out, true, UTF_8)),
                        Duration.ofSeconds(90))
                .run();
        return out.toString(UTF_8);
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        var all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
