package io.sluice.cli.index;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** How far a run is: one line that moves on a terminal, a new one every few seconds elsewhere. */
final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    private final long started = System.nanoTime();
    private long drawn = started;

    ProgressLine(PrintStream err) {
        this.err = err;
    }

    /** Shows where the run is, when it is time to. */
    void show(String what, long done, long before, long total) {
        var now = System.nanoTime();
        if (now - drawn >= (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            drawn = now;
            draw("  " + line(what, done, before, total, Duration.ofNanos(now - started)));
        }
    }

    /**
     * {@return {@code 4,500 of 10,000 sent   2,310/s   2 s left}}
     *
     * @param before how many of those done were done before this run
     */
    static String line(String what, long done, long before, long total, Duration elapsed) {
        var perSecond = (done - before) * 1e9 / Math.max(1, elapsed.toNanos());
        var line = "%,d of %,d %s".formatted(done, total, what);
        if (perSecond <= 0) {
            return line;
        }
        var left = Duration.ofSeconds(Math.round((total - done) / perSecond));
        return "%s   %,.0f/s   %s left".formatted(line, perSecond, text(left));
    }

    private static String text(Duration left) {
        return left.toMinutes() == 0
                ? left.toSeconds() + " s"
                : left.toMinutes() + " min " + left.toSecondsPart() + " s";
    }

    /** Says something beside the progress. */
    synchronized void say(String notice) {
        clear();
        err.println("  " + notice);
    }

    /** Makes room for lines that stay. */
    synchronized void clear() {
        if (terminal) {
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }

    private synchronized void draw(String line) {
        if (terminal) {
            err.print(BACK_AND_CLEAR + line);
            err.flush();
        } else {
            err.println(line);
        }
    }
}
