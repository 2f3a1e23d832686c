package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.KAFKA_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Retryable AWAY = new Retryable(KAFKA_UNAVAILABLE, "away", DEPENDENCY);

    private final RetryPolicy retry = RetryPolicy.ofDefaults();
    private final MovableClock clock = new MovableClock();
    private final RandomGenerator noJitter = () -> -1L;
    private final Fuse fuse = new Fuse("test", retry, clock);
    private final DependencyGate dependencies = gate();
    private final DependencyGate writes = gate();
    private final AtomicReference<Optional<Paused>> pause = new AtomicReference<>(Optional.empty());
    private final Admission admission = new Admission(pause::get, fuse, dependencies, writes, clock);

    private final Work waiting = work(new AwaitingDependency());
    private final Work decided = work(new Decided(new Fate.Finished(List.of(), JobStatus.PROCESSING)));

    @Test
    void aDependencyThatIsAwayHoldsBackThoseThatWaitForItOnly() {
        dependencies.reportFailure(AWAY);

        assertThat(admission.isOpen()).isTrue();
        assertThat(admission.admits(due())).isTrue();
        assertThat(admission.admits(decided)).isTrue();
        assertThat(admission.admits(waiting)).isFalse();
        assertThat(admission.reason()).containsInstanceOf(Waiting.class);
    }

    @Test
    void kafkaThatTakesNothingHoldsBackWhatIsToBeWrittenOnly() {
        writes.reportFailure(AWAY);

        assertThat(admission.admits(due())).isTrue();
        assertThat(admission.admits(waiting)).isTrue();
        assertThat(admission.admits(decided)).isFalse();
        assertThat(admission.reason()).containsInstanceOf(Waiting.class);
    }

    @Test
    void aBlownFuseIsSaidAndHoldsBackNothingElse() {
        while (fuse.holdsBack("UNCLASSIFIED", "products.v1 partition 0 offset 7, key p")
                .isEmpty()) {
            assertThat(admission.reason()).isEmpty();
        }

        assertThat(admission.isOpen()).isTrue();
        assertThat(List.of(due(), waiting, decided)).allMatch(admission::admits);
        assertThat(admission.reason())
                .hasValueSatisfying(status -> assertThat(status.words())
                        .contains("UNCLASSIFIED", "products.v1 partition 0 offset 7, key p", "goes on by itself"));
    }

    @Test
    void saysHowLongARecordWaitsForItsTimeAndNotForAGate() {
        var atMost = Duration.ofMillis(25);
        var later = work(new Due(clock.instant().plusSeconds(3)));

        assertThat(admission.untilAdmitted(later, atMost)).isEqualTo(Duration.ofSeconds(3));
        assertThat(admission.untilAdmitted(waiting, atMost)).isEqualTo(atMost);
        assertThat(admission.untilAdmitted(decided, atMost)).isEqualTo(atMost);

        pause.set(Optional.of(new Paused("ann", "Qdrant moves", clock.instant())));
        assertThat(admission.untilAdmitted(work(new Due(clock.instant())), atMost))
                .isEqualTo(atMost);
    }

    @Test
    void aPauseHoldsBackAllButWhatIsToBeWritten() {
        var paused = new Paused("ann", "Qdrant moves", clock.instant());
        pause.set(Optional.of(paused));

        assertThat(admission.isOpen()).isFalse();
        assertThat(List.of(due(), waiting)).noneMatch(admission::admits);
        assertThat(admission.admits(decided)).isTrue();
        assertThat(admission.reason()).contains(paused);

        pause.set(Optional.empty());
        assertThat(admission.isOpen()).isTrue();
        assertThat(List.of(due(), waiting, decided)).allMatch(admission::admits);
        assertThat(admission.reason()).isEmpty();
    }

    @Test
    void aPauseIsNamedBeforeEveryOtherReason() {
        dependencies.reportFailure(AWAY);
        while (fuse.holdsBack("UNCLASSIFIED", "a record").isEmpty()) {
            assertThat(admission.isOpen()).isTrue();
        }
        pause.set(Optional.of(new Paused("ann", "Qdrant moves", clock.instant())));

        assertThat(admission.reason()).containsInstanceOf(Paused.class);
    }

    @Test
    void aWorkWaitsForItsTime() {
        var later = work(new Due(clock.instant().plusSeconds(1)));

        assertThat(admission.admits(later)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(admission.admits(later)).isTrue();
        assertThat(admission.reason()).isEmpty();
    }

    private Work due() {
        return work(new Due(clock.instant()));
    }

    private static Work work(WorkState state) {
        var work = Records.work(Records.saved("p", 0));
        work.moveTo(state);
        return work;
    }

    private DependencyGate gate() {
        return new DependencyGate("test", List.of(), retry, clock, noJitter);
    }
}
