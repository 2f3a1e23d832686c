package io.sluice.runtime.engine;

import java.time.Duration;

/**
 * How long a call of a store may take while a batch is handled for the first time. It is short, because a record that
 * hangs holds back all others. When it turns out that the store is slow for every record, it grows; when the store is
 * quick again, it shrinks. A record is never judged by it: a record whose time was cut short is handled alone, and has
 * {@link #ALONE} then. Used by one thread only.
 */
final class Patience {
    /** For the first attempt. A batch that hangs takes this twice, and then its good records are done. */
    static final Duration FIRST = Duration.ofSeconds(2);
    /** For a record that is handled alone because it hung. Other records wait so long. */
    static final Duration ALONE = Duration.ofSeconds(8);

    private static final Duration MOST = Duration.ofMinutes(1);

    private Duration now = FIRST;

    /** {@return how long a call may take in a batch} */
    Duration now() {
        return now;
    }

    /** The store has taken longer, although no record is at fault. */
    void wasTooShort() {
        var twice = now.multipliedBy(2);
        now = twice.compareTo(MOST) < 0 ? twice : MOST;
    }

    /** A batch has passed. */
    void passed(Duration took) {
        if (took.multipliedBy(2).compareTo(now) < 0) {
            var less = now.multipliedBy(9).dividedBy(10);
            now = less.compareTo(FIRST) > 0 ? less : FIRST;
        }
    }
}
