package io.sluice.gateway.photo.upload;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How fast photos leave the queue, from how many had left it at two times. The caller guards it. */
final class DrainRate {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration UNKNOWN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double MILLIS = 1_000;

    private @Nullable Sample from;
    private @Nullable Sample to;

    private record Sample(long done, Instant at) {}

    /** Notes that so many photos had left the queue at this time. */
    void note(long done, Instant at) {
        var now = new Sample(done, at);
        if (from == null || from.at().isBefore(at.minus(WINDOW))) {
            from = to;
        }
        if (from == null) {
            from = now;
        }
        to = now;
    }

    /**
     * {@return how long it takes until so many photos have left the queue, in whole seconds} Without a known rate it is
     * half a minute, never more than five minutes.
     */
    Duration timeFor(long photos) {
        var begin = from;
        var end = to;
        if (begin == null || end == null || end.done() <= begin.done()) {
            return UNKNOWN;
        }
        var millis = Duration.between(begin.at(), end.at()).toMillis();
        var seconds = Math.ceil(photos * millis / MILLIS / (end.done() - begin.done()));
        return Duration.ofSeconds(Math.clamp((long) seconds, 1, LONGEST.toSeconds()));
    }
}
