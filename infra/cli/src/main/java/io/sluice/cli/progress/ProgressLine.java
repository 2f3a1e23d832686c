package io.sluice.cli.progress;

import java.io.PrintStream;
import java.time.Duration;

/** How far a run is: one line that moves on a terminal, a new one every few seconds elsewhere. */
public final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);

    private final StatusLine line;
    private final long started = System.nanoTime();
    private long drawn = started;

    public ProgressLine(PrintStream err) {
        this.line = new StatusLine(err);
    }

    /** Shows where the run is, when it is time to. */
    public void show(String what, long done, long before, long total) {
        var now = System.nanoTime();
        if (now - drawn >= (line.isOnTerminal() ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            drawn = now;
            line.show("  " + line(what, done, before, total, Duration.ofNanos(now - started)));
        }
    }

    /**
     * {@return {@code 4,500 of 10,000 sent   2,310/s   2 s left}}
     *
     * @param before how many of those done were done before this run
     * @param total 0 when nobody knows yet
     */
    static String line(String what, long done, long before, long total, Duration elapsed) {
        var perSecond = (done - before) * 1e9 / Math.max(1, elapsed.toNanos());
        var line = total == 0 ? "%,d %s".formatted(done, what) : "%,d of %,d %s".formatted(done, total, what);
        if (perSecond <= 0) {
            return line;
        }
        var rate = "%s   %,.0f/s".formatted(line, perSecond);
        return total == 0
                ? rate
                : rate + "   %s left".formatted(text(Duration.ofSeconds(Math.round((total - done) / perSecond))));
    }

    private static String text(Duration left) {
        return left.toMinutes() == 0
                ? left.toSeconds() + " s"
                : left.toMinutes() + " min " + left.toSecondsPart() + " s";
    }

    /** Says something beside the progress. */
    public void say(String notice) {
        line.say(notice);
    }

    /** Makes room for lines that stay. */
    public void clear() {
        line.clear();
    }
}
