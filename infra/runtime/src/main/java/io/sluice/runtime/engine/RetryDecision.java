package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides what one more verdict means for a record: it is finished, tried again, waits for a dependency or in a retry
 * topic, or goes to the dead letters. Used by one thread only.
 *
 * <p>A record may fail on a dependency although the dependency has just answered. After {@value #MAX_BLAMES} times in a
 * row, the record itself is taken to be the cause. The fuse still keeps a backlog of such records from going to the
 * dead letters.
 */
final class RetryDecision {
    private static final int MAX_BLAMES = 5;
    /** A record that hangs waits so long at least, so that records which are there already are read before it. */
    private static final Duration READ_ON = Duration.ofSeconds(1);

    private final RetryPlan plan;
    private final DependencyGate gate;
    private final Fuse fuse;
    private final RetryBudget budget;
    private final Clock clock;
    private final RandomGenerator random;

    RetryDecision(RetryPlan plan, Safeguards safeguards, Clock clock, RandomGenerator random) {
        this.plan = plan;
        this.gate = safeguards.dependencies();
        this.fuse = safeguards.fuse();
        this.budget = safeguards.budget();
        this.clock = clock;
        this.random = random;
    }

    /** {@return the state of the work after this verdict} */
    WorkState decide(Work work, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed(var emissions, var status) -> {
                budget.passed();
                yield decided(new Fate.Finished(emissions, status));
            }
            case Verdict.Misplaced(var partition) -> decided(new Fate.Moved(partition));
            case Verdict.CutShort() -> {
                work.putInDoubt();
                yield new Due(clock.instant().plus(READ_ON));
            }
            case Verdict.Failed(Fatal failure, var _) -> bury(work, failure);
            case Verdict.Failed(Retryable failure, var _) when blamesDependency(work, failure) -> await(work, failure);
            case Verdict.Failed(Retryable failure, var isSlow) -> retryOrBury(work, failure, isSlow);
            case Verdict.Failed(Unclear failure, var _) ->
                throw new IllegalStateException("a batch has found out whether it is an outage: " + failure.code());
        };
    }

    private WorkState decided(Fate fate) {
        fuse.endedOtherwise();
        return new Decided(fate);
    }

    /** {@return the state of a record that goes to the dead letters} */
    WorkState bury(Work work, Failure failure) {
        work.failed(clock.instant());
        return decided(work.buried(failure));
    }

    private static boolean blamesDependency(Work work, Retryable failure) {
        return failure.scope() == DEPENDENCY && !isSuspect(work);
    }

    /** {@return whether the record has blamed a healthy dependency so often that it must be handled alone} */
    static boolean isSuspect(Work work) {
        return work.blames() >= MAX_BLAMES;
    }

    private WorkState await(Work work, Retryable failure) {
        work.blamedDependency(clock.instant(), gate.isTrial() && gate.hasDependencies());
        gate.reportFailure(failure);
        return new AwaitingDependency();
    }

    /** A slow record is not tried again in place when there is a retry topic, because other records would wait. */
    private WorkState retryOrBury(Work work, Retryable failure, boolean isSlow) {
        work.failed(clock.instant());
        if (isSlow || failure.code() == UNCLASSIFIED) {
            work.putInDoubt();
        }
        var next = plan.after(work.message().topic());
        if (work.failures() < plan.attempts(work) && (next.isEmpty() || (!isSlow && budget.take()))) {
            return new Due(clock.instant().plus(plan.policy().afterFailures(work.failures(), random.nextDouble())));
        }
        if (next.isPresent()) {
            var delay = next.get().tier().delay(random.nextDouble());
            return new Decided(work.delayed(failure, next.get(), clock.instant().plus(delay)));
        }
        if (failure.code() != UNCLASSIFIED && failure.scope() == RECORD) {
            return decided(work.buried(failure));
        }
        // the failure is unknown, or the dependency answers and the record still fails on it: perhaps the record is not
        // the cause
        return fuse.holdsBack(failure.code().name(), work.words())
                .<WorkState>map(Due::new)
                .orElseGet(() -> new Decided(work.buried(failure)));
    }
}
