package io.sluice.gateway.imports.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fakes.InMemoryImports;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.job.JobLookup;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.MergedRows;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportLookupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(31));
    private static final Counts NONE = new Counts(null, 0, 0, 0, 0, 0);
    private static final Counts SOME = new Counts(null, 1, 0, 0, 0, 0);
    private static final Counts ALL = new Counts(1L, 1, 0, 0, 0, 0);

    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private final InMemoryImports ledger = new InMemoryImports(Clock.fixed(NOW, ZoneOffset.UTC));
    private boolean areAllKnown = true;
    private final ImportLookup imports =
            new ImportLookup(new JobLookup(board, () -> areAllKnown, Clock.fixed(NOW, ZoneOffset.UTC)), board, ledger);

    @Test
    void takesTheStatusFromTheLedgerWhileTheJobIsNotReadYet() {
        know("queued", NONE, NOW, false);
        know("processing", SOME, NOW, false);
        know("succeeded", ALL, NOW, false);
        know("canceled", SOME, NOW, true);

        assertThat(imports.page(10, null).imports())
                .allSatisfy(one -> assertThat(one.status()).isEqualTo(one.importId()))
                .hasSize(4);
        assertThat(imports.view("processing").status()).isEqualTo("processing");
    }

    @Test
    void reportsAnImportAsFailedOnlyWhenItsJobIsForgotten() {
        know("old", SOME, LONG_AGO, false);
        assertThat(imports.view("old").status()).isEqualTo("failed");
        know("old", ALL, LONG_AGO, false);
        assertThat(imports.view("old").status()).isEqualTo("succeeded");

        know("old", SOME, LONG_AGO, false);
        areAllKnown = false;
        assertThat(imports.page(10, null).imports())
                .extracting(ImportView::status)
                .containsExactly("processing");
    }

    @Test
    void showsTheRowsThatHaveOneKey() {
        var job = Job.of("import", JobKind.IMPORT, JobStatus.SUCCEEDED, NOW);
        var fact = "[{\"key\":\"c\",\"rows\":[2,5]}]";
        board.update(job.withCounts(Map.of("rows_merged", 1L)).withFacts(Map.of(ImportFacts.MERGED, fact)));

        assertThat(imports.view("import").rowsMerged()).isEqualTo(1);
        assertThat(imports.view("import").merged()).containsExactly(new MergedRows("c", List.of(2, 5)));
        assertThat(ImportView.of(job.withFacts(Map.of(ImportFacts.MERGED, "from elsewhere")))
                        .merged())
                .isEmpty();
        know("old", ALL, LONG_AGO, false);
        assertThat(imports.view("old").rowsMerged()).isNull();
    }

    @Test
    void findsAJobThatHasAnotherIdThanItsImport() {
        var request = request("import", "job");
        ledger.put(new Known(request, null, Map.of(), NONE, NOW, false));
        know("newer", NONE, NOW, false);
        board.update(Job.of("job", JobKind.IMPORT, JobStatus.RETRYING, NOW).withSubject("import"));

        assertThat(imports.view("import").status()).isEqualTo("retrying");
        assertThat(imports.job("import")).map(Job::jobId).hasValue("job");
        assertThat(imports.page(10, null).imports())
                .extracting(ImportView::status)
                .containsExactly("queued", "retrying");
        assertThat(imports.page(1, null).imports())
                .as("the import is in the ledger, so it is on a later page")
                .extracting(ImportView::importId)
                .containsExactly("newer");
    }

    private void know(String id, Counts counts, Instant openedAt, boolean canceled) {
        ledger.put(new Known(request(id, id), null, Map.of(), counts, openedAt, canceled));
    }

    private static ImportRequested request(String importId, String jobId) {
        var object = new StoredObject("sluice", "imports/1", "0".repeat(64), "text/csv", 9);
        return new ImportRequested(importId, "companies", object, "a.csv", Map.of(), null, null, jobId, null, null);
    }
}
