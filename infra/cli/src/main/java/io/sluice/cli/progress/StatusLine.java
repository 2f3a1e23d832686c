package io.sluice.cli.progress;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** A line that tells what is going on: rewritten in place on a terminal, one line after the other elsewhere. */
public final class StatusLine {
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    public StatusLine(PrintStream err) {
        this.err = err;
    }

    /** {@return whether somebody sees the line move, so that it may do so often} */
    public boolean isOnTerminal() {
        return terminal;
    }

    /** Shows the line in place of the last one. */
    public synchronized void show(String line) {
        if (terminal) {
            err.print(BACK_AND_CLEAR + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    /** Says something that stays. */
    public synchronized void say(String notice) {
        clear();
        err.println("  " + notice);
    }

    /** Makes room for lines that stay. */
    public synchronized void clear() {
        if (terminal) {
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }

    /** Lets the line stay as it is. */
    public synchronized void end() {
        if (terminal) {
            err.println();
        }
    }
}
