package io.sluice.runtime.internal;

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
 * Keeps a defect from burying the backlog: when most of the last {@value #WINDOW} records end in a failure that nobody
 * knows, or that blames a dependency which answers, the pipeline rests, then tries again. Belongs to one thread.
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

    /** @param strikes how often in a row it blew */
    record Blown(String code, Instant since, Instant until, int strikes) {}

    /** A record ended in any other way. */
    void wellKnown() {
        remember(false);
        if (blown != null && !isResting()) {
            LOG.atInfo().addKeyValue("pipeline", pipeline).log("records are handled again");
            blown = null;
            lastUnknown.clear();
        }
    }

    /**
     * A record is about to end in a failure that nobody knows.
     *
     * @return whether it may; when not, it is to be kept
     */
    boolean lets(String code) {
        remember(true);
        if (blown == null && lastUnknown.stream().filter(unknown -> unknown).count() <= WINDOW / 2) {
            return true;
        }
        if (!isResting()) {
            blow(code);
        }
        return false;
    }

    /** {@return whether nothing is to be handled now} */
    boolean isResting() {
        return blown != null && clock.instant().isBefore(blown.until());
    }

    /** {@return why and since when it does not let records through} */
    Optional<Blown> blown() {
        return Optional.ofNullable(blown);
    }

    private void blow(String code) {
        var strikes = blown == null ? 1 : blown.strikes() + 1;
        var now = clock.instant();
        var rest = retry.suspension(strikes);
        blown = new Blown(code, blown == null ? now : blown.since(), now.plus(rest), strikes);
        LOG.atError()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", code)
                .addKeyValue("rest", Duration.between(now, blown.until()))
                .log("most records fail, and perhaps not by their own fault; the pipeline rests");
    }

    private void remember(boolean unknown) {
        lastUnknown.addLast(unknown);
        if (lastUnknown.size() > WINDOW) {
            lastUnknown.removeFirst();
        }
    }
}
