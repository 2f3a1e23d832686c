package io.sluice.local.demo;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One line that moves while the counts advance: redrawn in place on a terminal, a new line each second elsewhere. */
final class Progress {
    private final PrintStream out;
    private final boolean terminal;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The line stays up until this is closed; the last thing it shows is where the counts stand then. */
    interface Shown extends AutoCloseable {
        @Override
        void close();
    }

    Shown show(IntakeCount... counts) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("demo-progress").factory());
        var pace = terminal ? 100 : 1_000;
        var drawing = timer.scheduleAtFixedRate(() -> draw(counts, false), pace, pace, TimeUnit.MILLISECONDS);
        return () -> {
            drawing.cancel(false);
            timer.close();
            draw(counts, true);
        };
    }

    private synchronized void draw(IntakeCount[] counts, boolean last) {
        var line = "  " + Arrays.stream(counts).map(IntakeCount::progress).collect(Collectors.joining("   "));
        if (terminal) {
            out.print("\r" + line);
            if (last) {
                out.println();
            }
        } else {
            out.println(line);
        }
        out.flush();
    }
}
