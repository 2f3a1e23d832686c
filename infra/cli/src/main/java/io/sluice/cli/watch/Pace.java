package io.sluice.cli.watch;

import java.time.Duration;
import java.time.Instant;

/** The time of a watcher, and the request to stop it. */
interface Pace {
    Instant now();

    /** Waits for this time, or until a stop is requested. */
    void pause(Duration time) throws InterruptedException;

    boolean isStopping();
}
