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
 * Keeps a defect from sending the whole backlog to the dead letters. The pipeline rests when more than half of the last
 * {@value #WINDOW} records end in an unknown failure, or blame a dependency which answers. After each rest as many may
 * go to the dead letters as before the first. So a run of such records that is the records' own fault comes to an end,
 * and a defect buries a few records in an hour. Used by one thread only.
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

    /** @param strikes how often it blew in a row */
    record Blown(String code, Instant since, Instant until, int strikes) {}

    /** A record ended in any other way than an unknown failure. */
    void endedOtherwise() {
        remember(false);
        if (blown != null && !isResting()) {
            LOG.atInfo().addKeyValue("pipeline", pipeline).log("records are handled again");
            blown = null;
        }
    }

    /**
     * A record is about to go to the dead letters with an unknown failure.
     *
     * @return whether it may go there; if not, the pipeline rests and the record is tried again
     */
    boolean mayBury(String code) {
        if (isResting()) {
            return false;
        }
        remember(true);
        if (lastUnknown.stream().filter(unknown -> unknown).count() <= WINDOW / 2) {
            return true;
        }
        blow(code);
        return false;
    }

    /** {@return whether the pipeline rests, so that no record is handled} */
    boolean isResting() {
        return blown != null && clock.instant().isBefore(blown.until());
    }

    /** {@return why and since when the fuse is blown} */
    Optional<Blown> blown() {
        return Optional.ofNullable(blown);
    }

    private void blow(String code) {
        var strikes = blown == null ? 1 : blown.strikes() + 1;
        var now = clock.instant();
        var rest = retry.suspension(strikes);
        blown = new Blown(code, blown == null ? now : blown.since(), now.plus(rest), strikes);
        lastUnknown.clear();
        LOG.atError()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", code)
                .addKeyValue("rest", Duration.between(now, blown.until()))
                .log("most records fail for an unknown reason, perhaps not their own fault; the pipeline rests");
    }

    private void remember(boolean unknown) {
        lastUnknown.addLast(unknown);
        if (lastUnknown.size() > WINDOW) {
            lastUnknown.removeFirst();
        }
    }
}
