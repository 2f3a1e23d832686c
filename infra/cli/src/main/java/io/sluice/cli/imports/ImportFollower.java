package io.sluice.cli.imports;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.imports.ImportState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Follows one import until it ends, and prints its result. */
final class ImportFollower {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int MOST_SHOWN = 10;

    private final CommandContext context;
    private final PatientCalls gateway;
    private final ProgressLine progress;

    ImportFollower(CommandContext context, PatientCalls gateway, ProgressLine progress) {
        this.context = context;
        this.gateway = gateway;
        this.progress = progress;
    }

    /**
     * Waits until the import has ended, and returns it in its final state. If this process ends earlier, the import goes on,
     * and the user is told how to follow it.
     */
    ImportState follow(String id, long deadline) {
        var goodbye = new Thread(() -> {
            progress.clear();
            context.printNotice("The import is still running. " + howToFollow(id));
        });
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            return awaitEnd(id, deadline);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            } catch (IllegalStateException e) {
                // the hook is running
                goodbye.interrupt();
            }
            progress.clear();
        }
    }

    private ImportState awaitEnd(String id, long deadline) {
        var state = look(id);
        while (!state.hasEnded()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new CommandFailedException("still running after the timeout: %s. %s"
                        .formatted(ImportText.summary(state), howToFollow(id)));
            }
            progress.show("rows", state.rowsDone(), 0, state.rowsTotal());
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            state = look(id);
        }
        return state;
    }

    /** Returns the import in its present state. */
    ImportState look(String id) {
        return gateway.ask(client -> client.imports().find(id));
    }

    /** {@return the exit code of an import; 3 when it succeeded and some rows were rejected} */
    static ExitCode exitCode(ImportState state) {
        return ExitCode.of(state.status()).withRejected(state.rowsRejected());
    }

    private static String howToFollow(String id) {
        return "Follow it with ./sluice imports %s --watch, cancel it with ./sluice imports %s --cancel"
                .formatted(id, id);
    }

    /** Prints how the import ended. */
    void summarize(ImportState state, Duration took) {
        var seconds = Math.max(took.toMillis(), 1) / 1000.0;
        var total = state.rowsTotal();
        switch (state.status()) {
            case SUCCEEDED ->
                context.out()
                        .printf(
                                "%,d rows in %.1f s%s: %s%n",
                                total, seconds, rate(total / seconds), ImportText.counts(state));
            case QUEUED, PROCESSING, RETRYING, FAILED, DEAD, SUPERSEDED, CANCELED -> {
                context.printLine(ImportText.summary(state));
                if (state.rowsDone() > 0) {
                    context.printLine(ImportText.counts(state));
                }
            }
        }
        printNotes(state);
    }

    /** Prints the format of the file, and what the importer repaired or left out. */
    void printNotes(ImportState state) {
        var form = ImportText.form(state);
        if (!form.isEmpty()) {
            context.printLine("read as " + form);
        }
        state.notes().forEach(note -> context.printLine("note: " + note));
    }

    private static String rate(double perSecond) {
        return perSecond < 1 ? "" : " (%,.0f/s)".formatted(perSecond);
    }

    /** Prints the first rejected rows, and writes all of them to a file. */
    void printRejected(ImportState state, ErrorsFile file) {
        var rejected = state.rowsRejected();
        if (rejected == 0) {
            return;
        }
        for (var row : gateway.ask(client -> client.imports().rejectedRows(state.id(), MOST_SHOWN))) {
            context.printLine("✗ row %d: %s".formatted(row.number(), row.error()));
        }
        if (rejected > MOST_SHOWN) {
            context.out().printf("  and %,d more%n", rejected - MOST_SHOWN);
        }
        try {
            var wasThere = file.write(
                    part -> gateway.ask(client -> client.imports().writeRejectedRows(state.id(), file.format(), part)));
            context.out()
                    .printf(
                            "The rejected rows are in %s%s: correct them there and import that file%n",
                            file.path(), wasThere ? " (overwritten)" : "");
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the rejected rows cannot be written to %s (%s)".formatted(file.path(), e.getMessage()));
        }
    }
}
