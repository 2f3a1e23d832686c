package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineNoticesTest {
    private static final Instant SINCE = Instant.parse("2026-11-27T02:10:00Z");

    private final List<String> lines = new ArrayList<>();
    private PipelineStatus status = new Running();
    private final PipelineNotices notices = new PipelineNotices(() -> Map.of("indexer", status), lines::add);

    @Test
    void saysOnceThatAPipelineIsSuspendedAndOnceThatItRunsAgain() {
        become(new Running());
        become(suspended("QDRANT_UNAVAILABLE"));
        become(suspended("QDRANT_UNAVAILABLE"));
        become(new Running());
        become(new Running());

        assertThat(lines)
                .containsExactly(
                        "The pipeline indexer is "
                                + suspended("QDRANT_UNAVAILABLE").words() + " (./sluice pipelines shows it)",
                        "The pipeline indexer runs again");
    }

    @Test
    void saysThatAPipelineIsPausedAndHowToResumeIt() {
        become(new Paused("ann", "Qdrant\nmoves", SINCE));

        assertThat(lines)
                .containsExactly("The pipeline indexer is paused by ann since 2026-11-27T02:10:00Z: Qdrant moves"
                        + " (./sluice pipelines resume indexer lets it go on)");
    }

    @Test
    void mentionsEachStatusThatAPipelineComesTo() {
        become(suspended("A"));
        become(new Stalled("Kafka cannot be read", SINCE));
        become(new Paused("ann", "because", SINCE));

        assertThat(lines).hasSize(3);
    }

    @Test
    void aPipelineThatWaitsForADependencyIsNotMentioned() {
        become(new Waiting("POSTGRES_UNAVAILABLE", "Postgres is not available", SINCE));
        become(new Running());
        become(suspended("A"));
        become(new Waiting("POSTGRES_UNAVAILABLE", "Postgres is not available", SINCE));

        assertThat(lines).hasSize(1);
        become(new Running());
        assertThat(lines).last().isEqualTo("The pipeline indexer runs again");
    }

    private static PipelineStatus suspended(String code) {
        return new Suspended(code, SINCE, "products.v1 partition 0 offset 7 key p-7");
    }

    private void become(PipelineStatus next) {
        status = next;
        notices.look();
    }
}
