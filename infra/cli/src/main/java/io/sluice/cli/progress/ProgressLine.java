package io.sluice.cli.progress;

import io.sluice.schemas.text.VisibleLines;
import java.time.Duration;

/** Shows the progress of a run: on a terminal in one line that is rewritten, elsewhere in a new line every few seconds. */
public final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);

    private final StatusLine line;
    private final long started = System.nanoTime();
    private long drawn = started;

    public ProgressLine(VisibleLines err) {
        this.line = new StatusLine(err);
    }

    /** Shows the progress, unless it was shown a moment ago. */
    public void show(String what, long done, long before, long total) {
        var now = System.nanoTime();
        if (now - drawn >= (line.isOnTerminal() ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            drawn = now;
            line.show("  " + line(what, done, before, total, Duration.ofNanos(now - started)));
        }
    }

    /**
     * Returns a line such as {@code 4,500 of 10,000 sent   2,310/s   2 s left}.
     *
     * @param done how many are done, those of earlier runs included
     * @param before how many were done in earlier runs
     * @param total 0 while it is not known
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

    /** Prints a notice above the progress. */
    public void say(String notice) {
        line.say(notice);
    }

    /** Removes the progress from a terminal, before other lines are printed. */
    public void clear() {
        line.clear();
    }
}
