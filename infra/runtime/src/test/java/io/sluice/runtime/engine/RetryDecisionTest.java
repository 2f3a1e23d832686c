package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.runtime.RuntimeFailure.TOO_LARGE;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;
import static io.sluice.runtime.RuntimeFailure.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Dependency;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.engine.Fate.Buried;
import io.sluice.runtime.engine.Fate.Delayed;
import io.sluice.runtime.engine.Fate.Finished;
import io.sluice.runtime.engine.Verdict.Failed;
import io.sluice.runtime.engine.Verdict.Passed;
import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDecisionTest {
    private static final Passed PASSED = new Passed(List.of(), JobStatus.PROCESSING);
    private static final Failed UNKNOWN = new Failed(new Retryable(UNCLASSIFIED, "who knows", RECORD));
    private static final Failed FLAKY = new Failed(new Retryable(TOO_LARGE, "not now", RECORD));
    private static final Failed DOWN = new Failed(new Retryable(TOO_LARGE, "it is down", DEPENDENCY));

    private final RetryPolicy retry =
            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10));
    private final MovableClock clock = new MovableClock();
    private final Probe store = new Probe();
    private final RandomGenerator noJitter = () -> -1L;
    private final DependencyGate gate = new DependencyGate("test", List.of(store), retry, clock, noJitter);
    private final Fuse fuse = new Fuse("test", retry, clock);
    private final RetryBudget budget = new RetryBudget(clock);
    private final Safeguards safeguards = new Safeguards(gate, gate, fuse, budget);
    private final RetryDecision retries =
            new RetryDecision(new RetryPlan(retry, List.of("products.v1"), List.of()), safeguards, clock, noJitter);

    @Test
    void whatPassedIsFinished() {
        assertThat(retries.decide(work(), PASSED))
                .isEqualTo(new Decided(new Finished(List.of(), JobStatus.PROCESSING)));
    }

    @Test
    void whatIsFatalIsBuriedAtOnce() {
        var failure = new Fatal(UNDECODABLE, "not JSON");

        assertThat(retries.decide(work(), new Failed(failure)))
                .isEqualTo(new Decided(new Buried(failure, 1, clock.instant())));
    }

    @Test
    void aRecordsOwnFailureIsTriedThreeTimesFurtherAndFurtherApart() {
        var work = work();
        var first = clock.instant();

        assertThat(waitAfter(retries.decide(work, FLAKY))).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(5));
        assertThat(waitAfter(retries.decide(work, FLAKY))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(retries.decide(work, FLAKY)).isEqualTo(new Decided(new Buried(FLAKY.failure(), 3, first)));
    }

    @Test
    void aRecordWhoseTimeWasCutShortIsHandledAgainAndHasNotFailed() {
        var work = work();

        assertThat(retries.decide(work, new Verdict.CutShort()))
                .isEqualTo(new Due(clock.instant().plusSeconds(1)));
        assertThat(work.isInDoubt()).isTrue();
        assertThat(work.failures()).isZero();
    }

    @Test
    void aDependencysFailureSpendsNoAttempt() {
        var work = work();
        store.up = false;

        for (var outage = 0; outage < 50; outage++) {
            assertThat(retries.decide(work, DOWN)).isEqualTo(new AwaitingDependency());
            gate.batchDone();
            clock.advance(Duration.ofMinutes(1));
            gate.probeIfDue();
            assertThat(gate.isPassable()).isFalse();
        }
        store.up = true;
        clock.advance(Duration.ofMinutes(1));
        gate.probeIfDue();

        assertThat(gate.isTrial()).isTrue();
        assertThat(work.failures()).isZero();
        assertThat(retries.decide(work, PASSED)).isInstanceOf(Decided.class);
        gate.batchDone();
        assertThat(gate.outage()).isEmpty();
    }

    @Test
    void aRecordThatBlamesAHealthyDependencyFiveTimesIsAtFaultItself() {
        var work = work();
        retries.decide(work, DOWN);
        for (var claim = 0; claim < 5; claim++) {
            assertThat(retries.decide(work, DOWN)).isEqualTo(new AwaitingDependency());
            gate.batchDone();
            clock.advance(Duration.ofMinutes(1));
            gate.probeIfDue();
        }
        assertThat(retries.decide(work, DOWN)).isEqualTo(new AwaitingDependency());

        assertThat(retries.decide(work, DOWN)).isInstanceOf(Due.class);
        assertThat(retries.decide(work, DOWN)).isInstanceOf(Due.class);
        assertThat(retries.decide(work, DOWN)).isInstanceOf(Decided.class);
    }

    @Test
    void unknownFailuresStopBeingBuriedWhenTheyAreMostOfWhatHappens() {
        assertThat(buried(64)).isEqualTo(10);
        assertThat(fuse.blown()).hasValueSatisfying(blown -> {
            assertThat(blown.code()).isEqualTo("UNCLASSIFIED");
            assertThat(blown.record()).isEqualTo("products.v1 partition 0 offset 0, key p");
        });
        var hold = lastAttempt();
        assertThat(waitAfter(hold)).as("the first pause").isEqualTo(Duration.ofSeconds(2));

        clock.advance(Duration.ofSeconds(2));
        assertThat(buried(64)).as("one after each pause").isEqualTo(1);
        assertThat(waitAfter(lastAttempt())).as("the pauses grow").isEqualTo(Duration.ofSeconds(4));
        clock.advance(Duration.ofSeconds(4));
        assertThat(buried(64)).isEqualTo(1);

        retries.decide(work(), PASSED);
        assertThat(fuse.blown()).as("a record passes").isEmpty();
        assertThat(lastAttempt()).isInstanceOf(Decided.class);
    }

    @Test
    void aStoreThatAnswersAndRefusesAllWorkDoesNotGetTheBacklogBuried() {
        var buried = IntStream.range(0, 64)
                .filter(i -> lastAttemptOfASuspect() instanceof Decided)
                .count();

        assertThat(buried).isEqualTo(10);
        assertThat(fuse.blown()).isPresent();
    }

    @Test
    void aDefectGivesUpAFewRecordsInAnHour() {
        var end = clock.instant().plus(Duration.ofHours(1));
        var buried = 0;
        while (clock.instant().isBefore(end)) {
            buried += buried(5);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(buried).isBetween(15, 25);
    }

    @Test
    void whenTheBudgetIsUsedUpARecordSkipsTheQuickRetryAndNothingIsBuried() {
        var pipeline = Records.builder().handledBy(batch -> List.of(), RetryPolicy.ofDefaults());
        var tiers = new RetryDecision(RetryPlan.of(pipeline, new TopicNames("")), safeguards, clock, noJitter);
        while (budget.take()) {
            assertThat(fuse.blown()).isEmpty();
        }

        var fate = delayed(tiers.decide(work(), FLAKY));
        assertThat(fate.attempts()).isEqualTo(1);
        assertThat(fate.to().topic()).endsWith("retry-10s");
        assertThat(retries.decide(work(), FLAKY))
                .as("without tiers, retries stay in place")
                .isInstanceOf(Due.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tiers.decide(work(), FLAKY)).as("the budget comes back").isInstanceOf(Due.class);
    }

    private int buried(int records) {
        return (int) IntStream.range(0, records)
                .filter(i -> lastAttempt() instanceof Decided)
                .count();
    }

    @Test
    void aRecordThatFailsAgainAndAgainPassesTheTiersAndCountsItsAttempts() {
        var policy = RetryPolicy.ofDefaults();
        var pipeline = Records.builder().handledBy(batch -> List.of(), policy);
        var tiers = new RetryDecision(RetryPlan.of(pipeline, new TopicNames("")), safeguards, clock, noJitter);
        var first = clock.instant();
        var work = work();

        assertThat(tiers.decide(work, FLAKY)).as("one attempt soon, in place").isInstanceOf(Due.class);
        var fate = delayed(tiers.decide(work, FLAKY));
        assertThat(fate.to().topic()).isEqualTo("products.v1.embedder.retry-10s");
        assertThat(fate.attempts()).isEqualTo(2);
        assertThat(Duration.between(first, fate.notBefore())).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));

        work = waited(fate);
        fate = delayed(tiers.decide(work, FLAKY));
        assertThat(fate.to().topic()).isEqualTo("products.v1.embedder.retry-2m");
        fate = delayed(tiers.decide(waited(fate), FLAKY));
        assertThat(fate.to().topic()).isEqualTo("products.v1.embedder.retry-15m");
        assertThat(tiers.decide(waited(fate), FLAKY)).isEqualTo(new Decided(new Buried(FLAKY.failure(), 5, first)));
    }

    @Test
    void whatComesBackFromTheDeadLettersBeginsAgain() {
        var pipeline = Records.builder().handledBy(batch -> List.of(), RetryPolicy.ofDefaults());
        var tiers = new RetryDecision(RetryPlan.of(pipeline, new TopicNames("")), safeguards, clock, noJitter);
        var work = Records.work(Records.raw(
                "products.v1.embedder.retry-10s", 0, new byte[] {'p'}, null, 3, Map.of(Headers.ENTITY_VERSION, "7")));

        assertThat(tiers.decide(work, FLAKY)).isInstanceOf(Due.class);
        assertThat(delayed(tiers.decide(work, FLAKY)).to().topic()).isEqualTo("products.v1.embedder.retry-2m");
    }

    @Test
    void aPipelineWithoutTiersTriesWhatComesBackInPlace() {
        var work = Records.work(Records.raw(
                "products.v1.embedder.retry-10s", 0, new byte[] {'p'}, null, 3, Map.of(Headers.ENTITY_VERSION, "7")));

        assertThat(retries.decide(work, FLAKY)).isInstanceOf(Due.class);
        assertThat(retries.decide(work, FLAKY)).isInstanceOf(Due.class);
        assertThat(retries.decide(work, FLAKY)).isInstanceOf(Decided.class);
    }

    private static Delayed delayed(WorkState state) {
        assertThat(state).isInstanceOf(Decided.class);
        var fate = ((Decided) state).fate();
        assertThat(fate).isInstanceOf(Delayed.class);
        return (Delayed) fate;
    }

    /** {@return the record as it is read from the retry topic that this fate puts it in} */
    private static Work waited(Delayed fate) {
        var headers = Map.of(
                Headers.ENTITY_VERSION, "7",
                Headers.ATTEMPT, Integer.toString(fate.attempts()),
                Headers.FIRST_FAILED_AT, fate.firstFailedAt().toString());
        return Records.work(Records.raw(fate.to().topic(), 0, new byte[] {'p'}, null, 3, headers));
    }

    private WorkState lastAttemptOfASuspect() {
        var work = work();
        for (var claim = 0; claim < 5; claim++) {
            work.blamedDependency(clock.instant(), true);
        }
        assertThat(RetryDecision.isSuspect(work)).isTrue();
        retries.decide(work, DOWN);
        retries.decide(work, DOWN);
        return retries.decide(work, DOWN);
    }

    @Test
    void aFewUnknownFailuresAmongMostlyGoodRecordsAreBuried() {
        for (var i = 0; i < 200; i++) {
            retries.decide(work(), PASSED);
            assertThat(lastAttempt()).isInstanceOf(Decided.class);
            retries.decide(work(), PASSED);
        }
        assertThat(fuse.blown()).isEmpty();
    }

    @Test
    void knownFailuresNeverBlowTheFuse() {
        for (var i = 0; i < 50; i++) {
            assertThat(retries.decide(work(), new Failed(new Fatal(UNDECODABLE, "not JSON"))))
                    .isInstanceOf(Decided.class);
        }
        assertThat(fuse.blown()).isEmpty();
    }

    private WorkState lastAttempt() {
        var work = work();
        retries.decide(work, UNKNOWN);
        retries.decide(work, UNKNOWN);
        return retries.decide(work, UNKNOWN);
    }

    private Duration waitAfter(WorkState state) {
        assertThat(state).isInstanceOf(Due.class);
        return Duration.between(clock.instant(), ((Due) state).at());
    }

    private static Work work() {
        return Records.work(Records.saved("p", 0));
    }

    private static final class Probe implements Dependency {
        private boolean up = true;

        @Override
        public String name() {
            return "store";
        }

        @Override
        public void probe() throws IOException {
            if (!up) {
                throw new IOException("down");
            }
        }
    }
}
