package io.sluice.runtime.internal;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.internal.Standing.AwaitingDependency;
import io.sluice.runtime.internal.Standing.Decided;
import io.sluice.runtime.internal.Standing.Due;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Decides what one more verdict means for a record, given what happened to it before. Belongs to one thread.
 *
 * <p>A record that keeps blaming a dependency which answers whenever asked is taken to be at fault itself, after
 * {@value #MAX_CLAIMS} times; the fuse still keeps a backlog of such records from being buried.
 */
final class Triage {
    private static final int MAX_CLAIMS = 5;

    private final RetryPolicy retry;
    private final DependencyGate gate;
    private final Fuse fuse;
    private final Clock clock;
    private final RandomGenerator random;

    Triage(RetryPolicy retry, DependencyGate gate, Fuse fuse, Clock clock, RandomGenerator random) {
        this.retry = retry;
        this.gate = gate;
        this.fuse = fuse;
        this.clock = clock;
        this.random = random;
    }

    /** {@return where the work stands after this verdict} */
    Standing decide(Work work, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed(var emissions, var status) -> decided(new Fate.Finished(emissions, status));
            case Verdict.Misplaced(var partition) -> decided(new Fate.Moved(partition));
            case Verdict.Failed(Fatal failure) -> bury(work, failure);
            case Verdict.Failed(Retryable failure) when blamesDependency(work, failure) -> await(work, failure);
            case Verdict.Failed(Retryable failure) -> retryOrBury(work, failure);
        };
    }

    private Standing decided(Fate fate) {
        fuse.wellKnown();
        return new Decided(fate);
    }

    /** {@return the fate of a record for which there is no other hope} */
    Standing bury(Work work, Failure failure) {
        work.failed(clock.instant());
        return decided(work.buried(failure));
    }

    private static boolean blamesDependency(Work work, Retryable failure) {
        return failure.scope() == DEPENDENCY && !isSuspect(work);
    }

    /** {@return whether it has blamed its dependency in vain so often that it is to be handled alone} */
    static boolean isSuspect(Work work) {
        return work.claims() >= MAX_CLAIMS;
    }

    private Standing await(Work work, Retryable failure) {
        work.claimed(clock.instant(), gate.isTrial() && gate.canTell());
        gate.complaint(failure);
        return new AwaitingDependency();
    }

    private Standing retryOrBury(Work work, Retryable failure) {
        work.failed(clock.instant());
        if (work.failures() < retry.attempts()) {
            return new Due(clock.instant().plus(retry.afterFailures(work.failures(), random.nextDouble())));
        }
        if (failure.code() != UNCLASSIFIED && failure.scope() == RECORD) {
            return decided(work.buried(failure));
        }
        // nobody knows the failure, or the dependency answers and still refuses: perhaps it is not this record's fault
        return fuse.lets(failure.code().name()) ? new Decided(work.buried(failure)) : new Due(clock.instant());
    }
}
