package io.sluice.gateway.admin.pipelines;

import static io.sluice.schemas.pipeline.PipelineState.PAUSED;
import static io.sluice.schemas.pipeline.PipelineState.RUNNING;
import static io.sluice.schemas.pipeline.PipelineState.STALLED;
import static io.sluice.schemas.pipeline.PipelineState.SUSPENDED;
import static io.sluice.schemas.pipeline.PipelineState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.schemas.pipeline.PipelineState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CombinedStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-27T02:10:00Z");
    private static final Optional<PipelineControl> NONE = Optional.empty();
    private static final Optional<PipelineControl> PAUSE =
            Optional.of(PipelineControl.pause("indexer", "indexer-a-1", "ann", "Qdrant moves", NOW));
    private static final Optional<PipelineControl> RESUME =
            Optional.of(PipelineControl.resume("indexer", "indexer-a-1", "ann", NOW));

    @Test
    void isTheWorstOfTheInstances() {
        var status = CombinedStatus.of(NONE, List.of(said(RUNNING), said(SUSPENDED), said(WAITING)), List.of(), 3);

        assertThat(status).isEqualTo(new CombinedStatus(SUSPENDED, null, "suspended", NOW));
    }

    @Test
    void isPausedOnceAnAdminHasDecidedSoBeforeAnyInstanceSaysIt() {
        var status = CombinedStatus.of(PAUSE, List.of(said(RUNNING)), List.of(), 1);

        assertThat(status).isEqualTo(new CombinedStatus(PAUSED, "ann", "Qdrant moves", NOW));
        assertThat(CombinedStatus.of(PAUSE, List.of(), List.of(), 0)).isEqualTo(status);
    }

    @Test
    void isNotPausedAnyMoreOnceAnAdminHasResumedIt() {
        assertThat(CombinedStatus.of(RESUME, List.of(said(PAUSED)), List.of(), 1)
                        .state())
                .isEqualTo(RUNNING);
    }

    @Test
    void aPipelineThatIsStalledIsNotCalledPaused() {
        assertThat(CombinedStatus.of(PAUSE, List.of(said(STALLED)), List.of(), 1)
                        .state())
                .isEqualTo(STALLED);
    }

    @Test
    void aServiceThatIsDownIsStalledSinceItsLastSign() {
        assertThat(CombinedStatus.of(NONE, List.of(), List.of(), 0))
                .isEqualTo(new CombinedStatus(STALLED, null, "no instance runs", null));
        assertThat(CombinedStatus.of(NONE, List.of(), List.of(said(RUNNING)), 0))
                .isEqualTo(new CombinedStatus(STALLED, null, "no instance runs", NOW));
    }

    @Test
    void instancesThatReportNoMoreAreStalled() {
        assertThat(CombinedStatus.of(NONE, List.of(), List.of(said(RUNNING)), 1))
                .isEqualTo(new CombinedStatus(STALLED, null, "its instances do not report", NOW));
    }

    @Test
    void aMemberOfTheGroupThatNeverReportedRuns() {
        assertThat(CombinedStatus.of(NONE, List.of(), List.of(), 1).state()).isEqualTo(RUNNING);
    }

    private static PipelineReport said(PipelineState state) {
        var why = state == RUNNING ? null : state.wireName();
        return new PipelineReport(
                "host-1",
                "indexer",
                "indexer",
                "product-vectors.a-1.v1",
                "indexer-a-1",
                "a-1",
                state,
                null,
                why,
                state == RUNNING ? null : NOW,
                0,
                NOW);
    }
}
