package io.sluice.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A time that moves when the watcher waits, and things that happen meanwhile. The watcher is stopped at last. */
final class TestPace implements Pace {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);

    private final TreeMap<Instant, List<Happening>> happenings = new TreeMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;
    private boolean isStopping;

    @FunctionalInterface
    interface Happening {
        void happen() throws IOException;
    }

    /** Lets something happen so many seconds after the start. */
    TestPace at(long seconds, Happening happening) {
        happenings
                .computeIfAbsent(START.plusSeconds(seconds), any -> new ArrayList<>())
                .add(happening);
        return this;
    }

    void stopAt(long seconds) {
        at(seconds, () -> isStopping = true);
    }

    /** Starts the time anew, for another run. */
    void restart() {
        now = START;
        isStopping = false;
        happenings.clear();
        pauses.clear();
    }

    /** {@return how long the watcher waited, each time} */
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    long seconds() {
        return Duration.between(START, now).toSeconds();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
        var end = now.plus(time);
        while (!happenings.isEmpty() && !happenings.firstKey().isAfter(end) && !isStopping) {
            var due = happenings.pollFirstEntry();
            now = due.getKey();
            due.getValue().forEach(TestPace::run);
        }
        now = isStopping ? now : end;
        if (Duration.between(START, now).compareTo(LONGEST) > 0) {
            throw new IllegalStateException("the watcher does not end");
        }
    }

    private static void run(Happening happening) {
        try {
            happening.happen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isStopping() {
        return isStopping;
    }
}
