package io.sluice.cli.index;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends one source, from where the last run stopped to its end. A rejected product does not stop the run. */
final class IndexRun {
    private final CommandContext context;
    private final ProductSource source;
    private final IndexJournal journal;
    private final Duration patience;
    private final ProgressLine progress;
    private final List<JobAwaiter.Open> open = new ArrayList<>();
    private long done;
    private long rejected;

    /**
     * Prepares a run.
     *
     * @param path a file of products, or a folder
     * @param patience how long the gateway may be away
     */
    IndexRun(CommandContext context, Path path, Duration patience) {
        this.context = context;
        this.source = ProductSource.at(path);
        this.journal = new IndexJournal(journalOf(path), context.gateway() + " " + fingerprint(source));
        this.patience = patience;
        this.progress = new ProgressLine(context.err());
    }

    /**
     * Sends the source.
     *
     * @param restart whether to start from the beginning, whatever was sent before
     * @param waits whether to wait until every job of this run has ended
     */
    ExitCode run(boolean restart, boolean waits) throws IOException, InterruptedException {
        var total = source.count();
        var before = restart ? 0 : resume();
        var started = System.nanoTime();
        try (var gateway = new PatientCalls(context, patience, progress::say);
                var entries = source.entries()) {
            var sender = new EntrySender(gateway);
            var batches = new EntryBatches(entries.skip(before).iterator());
            while (batches.hasNext()) {
                sender.send(batches.next()).forEach(result -> note(result, waits));
                remember();
                progress.show("sent", done, before, total);
            }
            summarize(before, total, Duration.ofNanos(System.nanoTime() - started));
            journal.delete();
            var failed = waits ? failedOf(total - before, new JobAwaiter(context, gateway, progress)) : 0;
            return ExitCode.SUCCESS.withRejected(rejected + failed);
        } catch (CommandFailedException e) {
            throw new CommandFailedException("%s; %,d of %,d products were sent, and the same call continues from there"
                    .formatted(e.getMessage(), done, total));
        }
    }

    private long failedOf(long sent, JobAwaiter ends) {
        var indexed = ends.await(open);
        context.out().printf("indexed %,d of %,d products%n", indexed, sent);
        return open.size() - indexed;
    }

    private long resume() {
        var saved = journal.read();
        saved.ifPresent(last -> {
            done = last.done();
            rejected = last.rejected();
            progress.say("continuing after the %,d products sent before (--restart sends them again)".formatted(done));
        });
        return done;
    }

    /** Counts a result. Keeps only the job of a product, and only if the caller waits: a source may exceed the memory. */
    private void note(SendResult result, boolean waits) {
        done++;
        switch (result) {
            case SendResult.Accepted(var entry, var jobId) -> {
                if (waits) {
                    open.add(new JobAwaiter.Open(entry.name(), jobId));
                }
            }
            case SendResult.Rejected(var entry, var reason) -> {
                rejected++;
                progress.clear();
                context.printLine("✗ %s: %s".formatted(entry.name(), reason));
            }
        }
    }

    private void remember() {
        try {
            journal.write(new IndexJournal.Progress(done, rejected));
        } catch (IOException e) {
            throw new CommandFailedException("the progress cannot be recorded: " + e.getMessage());
        }
    }

    private void summarize(long before, long total, Duration took) {
        progress.clear();
        var seconds = Math.max(took.toMillis(), 1) / 1000.0;
        context.out()
                .printf(
                        "accepted %,d of %,d products%s in %.1f s (%,.0f/s)%n",
                        done - rejected,
                        total,
                        rejected == 0 ? "" : ", rejected %,d,".formatted(rejected),
                        seconds,
                        (done - before) / seconds);
    }

    private static Path journalOf(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".sluice-index");
    }

    private static String fingerprint(ProductSource source) {
        try {
            return source.fingerprint();
        } catch (IOException e) {
            throw new CommandFailedException("the source cannot be read: " + e.getMessage());
        }
    }
}
