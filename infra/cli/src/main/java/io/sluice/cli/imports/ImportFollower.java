package io.sluice.cli.imports;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.imports.ImportState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One import, looked at until it ends. */
final class ImportFollower {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int MOST_SHOWN = 10;

    private final PatientCalls gateway;
    private final ProgressLine progress;
    private final PrintStream out;
    private final PrintStream err;

    ImportFollower(CommandContext context, PatientCalls gateway, ProgressLine progress) {
        this.gateway = gateway;
        this.progress = progress;
        this.out = context.out();
        this.err = context.err();
    }

    /** {@return the import as it ended} The end of this process leaves it running, and says how to come back to it. */
    ImportState follow(String id, long deadline) {
        var goodbye = new Thread(() -> {
            progress.clear();
            err.println("The import goes on. " + howToGoOn(id));
        });
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            return awaitEnd(id, deadline);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            } catch (IllegalStateException e) {
                // it is being run
                goodbye.interrupt();
            }
            progress.clear();
        }
    }

    private ImportState awaitEnd(String id, long deadline) {
        var state = look(id);
        while (!state.hasEnded()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new CommandFailedException(
                        "not over in time: %s. %s".formatted(ImportText.summary(state), howToGoOn(id)));
            }
            progress.show("rows", state.rowsDone(), 0, state.rowsTotal());
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            state = look(id);
        }
        return state;
    }

    /** {@return the import as it is now} */
    ImportState look(String id) {
        return gateway.ask(client -> client.imports().find(id));
    }

    /** {@return 3 when it came to the end and some rows were rejected} */
    static ExitCode exitCode(ImportState state) {
        return ExitCode.of(state.status()).withRejected(state.rowsRejected());
    }

    private static String howToGoOn(String id) {
        return "Follow it with ./sluice imports %s --watch, end it with ./sluice imports %s --cancel".formatted(id, id);
    }

    /** Says what became of the rows. */
    void summarize(ImportState state, Duration took) {
        var seconds = Math.max(took.toMillis(), 1) / 1000.0;
        var total = state.rowsTotal();
        switch (state.status()) {
            case SUCCEEDED ->
                out.printf(
                        "%,d rows in %.1f s%s: %s%n", total, seconds, rate(total / seconds), ImportText.counts(state));
            case QUEUED, PROCESSING, RETRYING, FAILED, DEAD, SUPERSEDED, CANCELED -> {
                out.println(ImportText.summary(state));
                if (state.rowsDone() > 0) {
                    out.println(ImportText.counts(state));
                }
            }
        }
        tellNotes(state);
    }

    /** Says what the file was read as, and what was repaired or left out. */
    void tellNotes(ImportState state) {
        var form = ImportText.form(state);
        if (!form.isEmpty()) {
            out.println("read as " + form);
        }
        state.notes().forEach(note -> out.println("note: " + note));
    }

    private static String rate(double perSecond) {
        return perSecond < 1 ? "" : " (%,.0f/s)".formatted(perSecond);
    }

    /** Shows the first rows that were rejected, and writes all of them to a file. */
    void tellRejected(ImportState state, ErrorsFile file) {
        var rejected = state.rowsRejected();
        if (rejected == 0) {
            return;
        }
        for (var row : gateway.ask(client -> client.imports().rejectedRows(state.id(), MOST_SHOWN))) {
            out.printf("✗ row %d: %s%n", row.number(), row.error());
        }
        if (rejected > MOST_SHOWN) {
            out.printf("  and %,d more%n", rejected - MOST_SHOWN);
        }
        try {
            var wasThere =
                    file.write(part -> gateway.ask(client -> client.imports().writeRejectedRows(state.id(), part)));
            out.printf(
                    "The rejected rows are in %s%s: mend them there, and import that file%n",
                    file.path(), wasThere ? " (written over)" : "");
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the rejected rows cannot be written to %s (%s)".formatted(file.path(), e.getMessage()));
        }
    }
}
