package io.sluice.cli.progress;

import io.sluice.schemas.text.VisibleLines;
import java.io.Console;
import java.util.Optional;

/**
 * A line of status: on a terminal it is rewritten in place, elsewhere each one is a new line. Hidden characters are shown as
 * escapes.
 */
public final class StatusLine {
    private final VisibleLines err;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    public StatusLine(VisibleLines err) {
        this.err = err;
    }

    /** {@return whether the line is rewritten in place, so that it may change often} */
    public boolean isOnTerminal() {
        return terminal;
    }

    /** Replaces the line. */
    public synchronized void show(String line) {
        if (terminal) {
            err.overwrite(line);
        } else {
            err.println(line);
        }
    }

    /** Prints a notice that stays. */
    public synchronized void say(String notice) {
        clear();
        err.println("  " + notice);
    }

    /** Removes the line from a terminal. */
    public synchronized void clear() {
        if (terminal) {
            err.clearLine();
        }
    }

    /** Ends the line, so that it stays. */
    public synchronized void end() {
        if (terminal) {
            err.println();
        }
    }
}
