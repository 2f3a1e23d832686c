package io.sluice.runtime.engine;

import io.sluice.runtime.engine.WorkState.Decided;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next batch. Records in doubt may make their batch hang or fail, so they are in batches of their own, after
 * the other records, or after a few seconds. They are handled one at a time; while they pass, more of them at a time.
 * Used by one thread only.
 */
final class Turns {
    /** Records in doubt wait no longer for others that are ready. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Backlog backlog;
    private final int batchSize;
    private final Clock clock;
    private int mostInDoubt = 1;
    private boolean isForDoubt;
    private @Nullable Instant waitingSince;

    Turns(Backlog backlog, int batchSize, Clock clock) {
        this.backlog = backlog;
        this.batchSize = batchSize;
        this.clock = clock;
    }

    /** {@return how many records a batch may have} */
    int batchSize() {
        return batchSize;
    }

    /** {@return the next batch of works that are admitted; empty when none is} */
    List<Work> next(Predicate<Work> admits) {
        var inDoubt = backlog.has(Turns::isInDoubt)
                ? backlog.ready(work -> isInDoubt(work) && admits.test(work), mostInDoubt)
                : List.<Work>of();
        isForDoubt = !inDoubt.isEmpty() && hasWaitedLong();
        if (isForDoubt) {
            return inDoubt;
        }
        var others = backlog.ready(work -> !isInDoubt(work) && admits.test(work), batchSize);
        isForDoubt = others.isEmpty();
        return isForDoubt ? inDoubt : others;
    }

    private boolean hasWaitedLong() {
        var now = clock.instant();
        waitingSince = waitingSince == null ? now : waitingSince;
        return !now.isBefore(waitingSince.plus(LONGEST_WAIT));
    }

    /** The last batch was handled. */
    void ended(List<Work> works) {
        if (isForDoubt) {
            mostInDoubt = works.stream().allMatch(Turns::hasPassed) ? Math.min(2 * mostInDoubt, batchSize) : 1;
            waitingSince = null;
        }
    }

    private static boolean isInDoubt(Work work) {
        return work.isInDoubt() && !(work.state() instanceof Decided);
    }

    private static boolean hasPassed(Work work) {
        return work.state() instanceof Decided(Fate.Finished finished);
    }
}
