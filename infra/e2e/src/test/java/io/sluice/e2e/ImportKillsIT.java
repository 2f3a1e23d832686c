package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.local.process.SluiceProcess;
import io.sluice.local.samples.Companies;
import io.sluice.schemas.job.JobStatus;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills everything, Postgres too, with kill -9 at random moments during imports of 50,000 rows. A kill takes half a
 * minute, so the test runs only with {@code -Dsluice.kills=20} or another number. {@link UpIT} has two kills in every
 * run.
 */
@EnabledIfSystemProperty(named = "sluice.kills", matches = "\\d+")
class ImportKillsIT {
    private static final int ROWS = 50_000;

    @TempDir
    Path folder;

    private UpFolder sluice;

    @BeforeEach
    void choosePorts() {
        sluice = new UpFolder(folder);
    }

    @Seeded
    @Test
    void everyRowIsThereOnceAndCountedOnce(Seed seed) throws Exception {
        var random = seed.random();
        var imports = new ArrayList<String>();
        var inTheMiddle = 0;
        for (int kill = 0; kill < Integer.getInteger("sluice.kills"); kill++) {
            try (var up = sluice.start();
                    var client = sluice.client()) {
                if (imports.isEmpty() || !isOpen(client, imports.getLast())) {
                    imports.add(Imports.send(client, folder, rows(imports.size())));
                }
                var id = imports.getLast();
                awaitProgress(client, id, 1 + random.nextInt(ROWS / 2));
                var before = Imports.state(client, id);
                sluice.killEverything(up);
                inTheMiddle += before.hasEnded() ? 0 : 1;
                System.out.printf(
                        "kill %d: import %d was %s, %d of %d rows done%n",
                        kill + 1, imports.size(), before.status().wireName(), before.rowsDone(), ROWS);
            }
        }
        try (var up = sluice.start();
                var client = sluice.client()) {
            assertThat(up.isAlive()).isTrue();
            for (var id : imports) {
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !isOpen(client, id));
                var end = Imports.state(client, id);
                assertThat(end.status()).as(end.toString()).isEqualTo(JobStatus.SUCCEEDED);
                assertThat(end.rowsTotal()).isEqualTo(ROWS);
                assertThat(end.rowsRejected()).isZero();
                assertThat(end.rowsCreated()).as(end.toString()).isEqualTo(ROWS);
            }
            var postgres = SluiceProcess.endpoints(sluice.data()).get(Endpoints.POSTGRES);
            var all = new ArrayList<List<String>>();
            for (int i = 0; i < imports.size(); i++) {
                all.addAll(rows(i));
            }
            assertThat(Imports.companies(postgres)).isEqualTo(Imports.names(all));
        }
        System.out.printf("%d kills while an import was open, %d imports%n", inTheMiddle, imports.size());
    }

    /**
     * Waits until rows are written again. After a kill, consumer groups wait for the session timeout of the dead
     * members, and a kill during that time would interrupt no work.
     */
    private static void awaitProgress(SluiceClient client, String id, int rows) throws IOException {
        var before = Imports.state(client, id).rowsDone();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !isOpen(client, id) || Imports.state(client, id).rowsDone() >= before + rows);
    }

    private static boolean isOpen(SluiceClient client, String id) throws IOException {
        return !Imports.state(client, id).hasEnded();
    }

    /** {@return the rows of a file; no company is in two files} */
    private static List<List<String>> rows(int file) {
        return Companies.rows(file * ROWS, (file + 1) * ROWS);
    }
}
