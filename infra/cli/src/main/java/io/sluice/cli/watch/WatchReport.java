package io.sluice.cli.watch;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.progress.ProgressLine;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Tells a person what the watcher does, and counts it. */
final class WatchReport {
    private final CommandContext context;
    private final Set<String> said = new HashSet<>();
    private ProgressLine progress;
    private long uploaded;
    private long duplicates;
    private long refused;
    private long failed;

    WatchReport(CommandContext context) {
        this.context = context;
        this.progress = new ProgressLine(context.err());
    }

    /** Prints a notice. */
    void say(String notice) {
        progress.say(notice);
    }

    /** Prints a notice, unless one with this key was printed before. */
    void sayOnce(String key, String notice) {
        if (said.add(key)) {
            say(notice);
        }
    }

    /** Lets {@link #sayOnce} print a notice with this key again. Returns whether one was printed before. */
    boolean forget(String key) {
        return said.remove(key);
    }

    /** Starts to show the progress of some files. */
    void begin() {
        progress = new ProgressLine(context.err());
    }

    /** Shows how many of the files are sent. */
    void show(long done, long total) {
        progress.show("sent", done, 0, total);
    }

    /** Ends the progress with a line that stays. */
    void end(long files, Duration took) {
        progress.say("%,d sent in %.1f s; so far: %s".formatted(files, took.toMillis() / 1000.0, counts()));
    }

    /** Counts an answer of the gateway, and shows a refusal. */
    void count(JournalEntry entry) {
        switch (entry.status()) {
            case QUEUED -> uploaded++;
            case DUPLICATE -> duplicates++;
            case REJECTED -> {
                refused++;
                list(entry);
            }
            case SUCCEEDED -> {}
            case FAILED -> {
                failed++;
                list(entry);
            }
        }
    }

    private void list(JournalEntry entry) {
        progress.clear();
        context.printLine("✗ %s: %s".formatted(entry.name(), entry.reason()));
    }

    /** Prints what the run did. */
    void summarize(Duration took) {
        progress.clear();
        context.printLine("%s, in %s".formatted(counts(), text(took)));
    }

    private String counts() {
        var text = new StringBuilder("uploaded %,d photo%s".formatted(uploaded, uploaded == 1 ? "" : "s"));
        if (duplicates > 0) {
            text.append(", %,d %s there before".formatted(duplicates, duplicates == 1 ? "was" : "were"));
        }
        if (refused > 0) {
            text.append(", refused %,d".formatted(refused));
        }
        if (failed > 0) {
            text.append(", failed %,d".formatted(failed));
        }
        return text.toString();
    }

    private static String text(Duration took) {
        return took.toMinutes() == 0
                ? "%.1f s".formatted(took.toMillis() / 1000.0)
                : "%,d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
    }

    /** {@return how many photos the gateway refused, or could not prepare} */
    long rejected() {
        return refused + failed;
    }
}
