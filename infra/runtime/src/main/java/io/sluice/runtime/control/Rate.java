package io.sluice.runtime.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows: its growth over the last ten seconds, or less at the start. Used by one thread at a time. */
final class Rate {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final double NANOS = 1e9;
    private static final double TENTHS = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long count, long nanos) {}

    /** Takes the count of now, and returns the growth per second, in tenths. */
    double perSecond(long count, long nanos) {
        samples.addLast(new Sample(count, nanos));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        var first = samples.getFirst();
        var seconds = (nanos - first.nanos()) / NANOS;
        return seconds <= 0 ? 0 : Math.round((count - first.count()) / seconds * TENTHS) / TENTHS;
    }
}
