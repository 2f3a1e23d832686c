package io.sluice.runtime.engine;

import io.sluice.runtime.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a defect from sending the whole backlog to the dead letters. The fuse blows when more than half of the last
 * {@value #WINDOW} records end in an unknown failure, or blame a dependency which answers. Then such a record is tried
 * again instead of given up, and only one of them is given up after each pause. The pauses grow. Any record that ends in
 * another way resets the fuse.
 *
 * <p>So a run of records that are at fault comes to an end, and a defect gives up a few records in an hour. Records of
 * other keys are read and handled meanwhile. All threads of a pipeline share the fuse.
 */
final class Fuse {
    private static final Logger LOG = LoggerFactory.getLogger(Fuse.class);
    private static final int WINDOW = 20;

    private final String pipeline;
    private final RetryPolicy retry;
    private final Clock clock;
    private final Deque<Boolean> lastUnknown = new ArrayDeque<>();
    private @Nullable Blown blown;

    Fuse(String pipeline, RetryPolicy retry, Clock clock) {
        this.pipeline = pipeline;
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * The fuse is blown.
     *
     * @param code the failure of the record that it stumbled on
     * @param record the record that it stumbled on, in words
     * @param until when the next record may be given up
     * @param pauses how many pauses there were in a row, with this one
     */
    record Blown(String code, String record, Instant since, Instant until, int pauses) {}

    /** A record ended in any other way than an unknown failure. */
    synchronized void endedOtherwise() {
        remember(false);
        if (blown != null) {
            LOG.atInfo().addKeyValue("pipeline", pipeline).log("records are handled again");
            blown = null;
        }
    }

    /**
     * A record is about to go to the dead letters with an unknown failure.
     *
     * @param record the record in words
     * @return when to try it again; empty when it may go to the dead letters
     */
    synchronized Optional<Instant> holdsBack(String code, String record) {
        var before = blown;
        if (before == null) {
            remember(true);
            if (lastUnknown.stream().filter(unknown -> unknown).count() <= WINDOW / 2) {
                return Optional.empty();
            }
            return Optional.of(blow(code, record).until());
        }
        if (clock.instant().isBefore(before.until())) {
            return Optional.of(before.until());
        }
        pause(new Blown(code, record, before.since(), before.until(), before.pauses() + 1));
        return Optional.empty();
    }

    /** {@return since when and because of which record the fuse is blown} */
    synchronized Optional<Blown> blown() {
        return Optional.ofNullable(blown);
    }

    private Blown blow(String code, String record) {
        var now = clock.instant();
        lastUnknown.clear();
        var first = pause(new Blown(code, record, now, now, 1));
        LOG.atError()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", code)
                .addKeyValue("record", record)
                .addKeyValue("pause", Duration.between(now, first.until()))
                .log("most records fail for an unknown reason, perhaps not their own fault; from now on one is given up"
                        + " after each pause, and the pauses grow. Look for the code in the lines before. When the"
                        + " cause is mended, the pipeline goes on by itself");
        return first;
    }

    private Blown pause(Blown now) {
        var next = new Blown(
                now.code(),
                now.record(),
                now.since(),
                clock.instant().plus(retry.pauseBetweenUnknown(now.pauses())),
                now.pauses());
        blown = next;
        return next;
    }

    private void remember(boolean unknown) {
        lastUnknown.addLast(unknown);
        if (lastUnknown.size() > WINDOW) {
            lastUnknown.removeFirst();
        }
    }
}
