package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long batches take, and notices a batch that does not end. One thread begins and ends batches; any thread
 * may call {@link #stalled()}.
 */
final class BatchWatch {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PipelineMetrics metrics;
    private final Clock clock;
    private volatile @Nullable Instant since;

    BatchWatch(PipelineMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    void begin() {
        since = clock.instant();
    }

    void end(int records) {
        var began = since;
        if (began != null) {
            metrics.batch(records, Duration.between(began, clock.instant()));
        }
        since = null;
    }

    /** {@return the stall, when the current batch has taken more than five minutes} */
    Optional<Stalled> stalled() {
        var began = since;
        return began != null && Duration.between(began, clock.instant()).compareTo(LONGEST) > 0
                ? Optional.of(new Stalled("a batch does not end", began))
                : Optional.empty();
    }
}
