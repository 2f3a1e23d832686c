package io.sluice.cli.watch;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.progress.ProgressLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells a person what the watcher does, and counts it. */
final class WatchReport {
    private final CommandContext context;
    private final Set<String> said = new HashSet<>();
    private final Set<String> noPictures = new HashSet<>();
    private ProgressLine progress;
    private long uploaded;
    private long duplicates;
    private long refused;
    private long failed;
    private long uploadedBefore;
    private long refusedBefore;
    private long failedBefore;

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

    /**
     * Ends the progress, with a line that stays if anything was sent.
     *
     * @param files how many were sent
     */
    void end(long files, Duration took) {
        if (files > 0) {
            progress.say("%,d sent in %.1f s; so far: %s".formatted(files, took.toMillis() / 1000.0, counts()));
        } else {
            progress.clear();
        }
    }

    /** Counts a file that is not sent, because its first bytes are those of no picture, and says so once. */
    void noPicture(String name) {
        if (noPictures.add(name)) {
            say("%s is no picture, by its first bytes; it is not uploaded".formatted(name));
        }
    }

    /** Counts a file of the folder that an earlier run sent. */
    void before(JournalEntry entry) {
        switch (entry.status()) {
            case QUEUED, DUPLICATE, SUCCEEDED -> uploadedBefore++;
            case REJECTED -> refusedBefore++;
            case FAILED -> failedBefore++;
        }
    }

    /** Counts an answer of the gateway, and shows a refusal. */
    void count(JournalEntry entry) {
        noPictures.remove(entry.name());
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

    /** Shows a file that was refused, or whose photo could not be prepared. */
    void list(JournalEntry entry) {
        progress.clear();
        context.printLine("✗ %s: %s".formatted(entry.name(), entry.reason()));
    }

    /** Prints what the run did. */
    void summarize(Duration took) {
        progress.clear();
        context.printLine("%s, in %s%s".formatted(counts(), text(took), countsBefore()));
    }

    private String counts() {
        var counts = new ArrayList<String>();
        counts.add("uploaded %,d photo%s".formatted(uploaded, uploaded == 1 ? "" : "s"));
        if (duplicates > 0) {
            counts.add("%,d %s there before".formatted(duplicates, duplicates == 1 ? "was" : "were"));
        }
        addCount(counts, "refused", refused);
        addCount(counts, "failed", failed);
        addCount(counts, "no pictures", noPictures.size());
        return String.join(", ", counts);
    }

    private String countsBefore() {
        var counts = new ArrayList<String>();
        addCount(counts, "uploaded", uploadedBefore);
        addCount(counts, "refused", refusedBefore);
        addCount(counts, "failed", failedBefore);
        return counts.isEmpty() ? "" : "; earlier runs: " + String.join(", ", counts);
    }

    private static void addCount(List<String> counts, String what, long count) {
        if (count > 0) {
            counts.add("%s %,d".formatted(what, count));
        }
    }

    private static String text(Duration took) {
        return took.toMinutes() == 0
                ? "%.1f s".formatted(took.toMillis() / 1000.0)
                : "%,d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
    }

    /** {@return how many files of the folder are not uploaded or prepared, and stay so until a person changes them} */
    long rejected() {
        return refused + failed + refusedBefore + failedBefore + noPictures.size();
    }
}
