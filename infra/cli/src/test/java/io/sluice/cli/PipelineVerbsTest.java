package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PipelineVerbsTest {
    private static final String EMBEDDER =
            "{\"name\":\"embedder\",\"status\":\"running\",\"lag\":1204,\"rate_per_s\":18.75,\"retrying\":3,\"dead_letters\":12,\"instances\":2}";
    private static final String INDEXER =
            "{\"name\":\"indexer\",\"status\":\"paused\",\"by\":\"ann\",\"reason\":\"Qdrant"
                    + " moves\\u001b[2J\",\"since\":\"2026-11-27T02:10:00.123Z\",\"lag\":0,\"rate_per_s\":0,\"retrying\":0,\"instances\":1}";
    private static final String IMPORTER = "{\"name\":\"importer\",\"status\":\"stalled\",\"reason\":\"no instance"
            + " runs\",\"lag\":5,\"rate_per_s\":0,\"retrying\":0,\"dead_letters\":0,\"instances\":0}";

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell =
            new TestShell().with("SLUICE_URL", gateway.url()).with("SLUICE_TOKEN", "sluice_admin");

    @Test
    void pipelinesAreShownAsATableWithTheReasonOfThoseThatDoNotRun() {
        gateway.answering(
                "/api/v1/admin/pipelines", 200, "{\"pipelines\":[%s,%s,%s]}".formatted(EMBEDDER, INDEXER, IMPORTER));

        assertThat(shell.run("pipelines")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "PIPELINE  STATUS     LAG  RATE/S  RETRYING  DEAD  INSTANCES",
                        "embedder  running  1,204    18.8         3    12          2",
                        "indexer   paused       0     0.0         0     ?          1",
                        "  paused by ann since 2026-11-27T02:10:00Z: Qdrant moves\\u001b[2J",
                        "importer  stalled      5     0.0         0     0          0",
                        "  stalled: no instance runs");
    }

    @Test
    void aPipelineIsPausedWithAReason() {
        gateway.answering("/api/v1/admin/pipelines/indexer/pause", 200, INDEXER);

        assertThat(shell.run("pipelines", "pause", "indexer", "--reason", "Qdrant moves"))
                .isZero();
        assertThat(shell.out()).startsWith("indexer: paused by ann since 2026-11-27T02:10:00Z: Qdrant moves");
        assertThat(gateway.calls())
                .containsExactly("POST /api/v1/admin/pipelines/indexer/pause {\"reason\":\"Qdrant moves\"}");
    }

    @Test
    void aPauseNeedsAReason() {
        assertThat(shell.run("pipelines", "pause", "indexer")).isEqualTo(2);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void aPipelineIsResumed() {
        gateway.answering("/api/v1/admin/pipelines/embedder/resume", 200, EMBEDDER);

        assertThat(shell.run("pipelines", "resume", "embedder")).isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("embedder: running\n");
    }

    @Test
    void aPipelineThatDoesNotExistIsAnError() {
        gateway.answering(
                "/api/v1/admin/pipelines/indexers/resume",
                404,
                "{\"title\":\"Pipeline not found\",\"code\":\"PIPELINE_NOT_FOUND\",\"detail\":\"There are:"
                        + " indexer.\"}");

        assertThat(shell.run("pipelines", "resume", "indexers")).isEqualTo(1);
        assertThat(shell.err()).contains("PIPELINE_NOT_FOUND", "There are: indexer.");
    }

    @Test
    void aJobShowsWhatItHasCounted() {
        gateway.answering(
                "/api/v1/jobs/r",
                200,
                "{\"job_id\":\"r\",\"status\":\"canceled\",\"counts\":{\"sent\":1106,\"matched\":2001,\"skipped\":0}}");

        assertThat(shell.run("jobs", "r")).isZero();

        assertThat(shell.out().lines()).containsExactly("matched 2,001, sent 1,106, skipped 0", "job r canceled");
    }

    @Test
    void jobsAreListedAndStopped() {
        gateway.answering("/api/v1/jobs", 200, """
            {"jobs":[
              {"job_id":"a","kind":"product","status":"retrying","subject":"p-1","created_at":"2026-11-27T02:10:00.5Z",
               "next_attempt_at":"2026-11-27T02:12:00Z","error":{"code":"QDRANT_UNAVAILABLE","message":"away"}},
              {"job_id":"b","kind":"import","status":"succeeded","created_at":"2026-11-27T02:09:00Z"}]}
            """)
                .answering("/api/v1/jobs/b/cancel", 200, "{\"job_id\":\"b\",\"status\":\"canceled\"}");

        assertThat(shell.run("jobs", "--kind", "product", "--limit", "2")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "a  retrying    product       2026-11-27T02:10:00Z  p-1  next attempt at 2026-11-27T02:12:00Z "
                                + " QDRANT_UNAVAILABLE: away",
                        "b  succeeded   import        2026-11-27T02:09:00Z");
        assertThat(gateway.calls()).containsExactly("GET /api/v1/jobs?kind=product&limit=2");
        assertThat(shell.run("jobs", "b", "--cancel")).isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("job b canceled\n");
        assertThat(shell.run("jobs", "--watch")).isEqualTo(2);
    }
}
