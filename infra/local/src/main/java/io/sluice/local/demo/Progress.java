package io.sluice.local.demo;

import io.sluice.schemas.text.VisibleLines;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Shows the counts while they advance: on a terminal in one line that is rewritten, elsewhere in a new line each second. */
final class Progress {
    private final VisibleLines out;
    private final boolean terminal;

    Progress(VisibleLines out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line that is shown until it is closed. Closing it shows the counts for the last time. */
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
            out.overwrite(line);
            if (last) {
                out.println();
            }
        } else {
            out.println(line);
        }
    }
}
