package io.sluice.cli.progress;

import io.sluice.schemas.text.VisibleText;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * A line of status: on a terminal it is rewritten in place, elsewhere each one is a new line. Hidden characters are shown as
 * escapes.
 */
public final class StatusLine {
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    public StatusLine(PrintStream err) {
        this.err = err;
    }

    /** {@return whether the line is rewritten in place, so that it may change often} */
    public boolean isOnTerminal() {
        return terminal;
    }

    /** Replaces the line. */
    public synchronized void show(String line) {
        if (terminal) {
            err.print(BACK_AND_CLEAR + VisibleText.of(line));
            err.flush();
        } else {
            err.println(VisibleText.of(line));
        }
    }

    /** Prints a notice that stays. */
    public synchronized void say(String notice) {
        clear();
        err.println("  " + VisibleText.of(notice));
    }

    /** Removes the line from a terminal. */
    public synchronized void clear() {
        if (terminal) {
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }

    /** Ends the line, so that it stays. */
    public synchronized void end() {
        if (terminal) {
            err.println();
        }
    }
}
