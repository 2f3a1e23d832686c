package io.sluice.cli.watch;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.DurationConverter;
import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads the photos of a folder, and those that appear in it, until it is asked to stop. */
@Command(
        name = "watch",
        description = {
            "Upload the photos in a folder, and those that appear in it, until Ctrl-C.",
            "",
            "A photo is uploaded once it is fully written: when two looks found its size and its time the same, or"
                    + " when it was renamed from the name of an unfinished file, such as .part. The journal in the folder"
                    + " records what became of each file, so a watcher that was stopped or killed goes on where it was."
                    + " While the gateway is away or its queue is full, the watcher waits. Files with names that begin"
                    + " with a dot, unfinished files, symbolic links, and files that are no pictures are left alone.",
            "",
            "With --once: exit code 0 when everything is uploaded; 3 when some photos were refused, in this run or an"
                    + " earlier one, or are no pictures by their first bytes; 1 when some could not be uploaded.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<ExitCode> {
    private static final int MOST_FILES = 100;

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder; it may be on the network")
    private @Nullable Path dir;

    @Option(names = "--once", description = "upload what is there, and end")
    private boolean once;

    @Option(names = "--wait", description = "follow the photos until they are prepared, and list those that fail")
    private boolean waits;

    @Option(
            names = "--move-to",
            paramLabel = "DIR",
            description = "move uploaded files to DIR/done, and refused ones to DIR/failed with a text that says why;"
                    + " by default files stay where they are")
    private @Nullable Path moveTo;

    @Option(
            names = "--no-recursive",
            negatable = true,
            description = "look into the folders below DIR too, which is the default, or with --no-recursive only at"
                    + " DIR itself")
    private boolean recursive = true;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "how often to look, such as 2s or 1m; ${DEFAULT-VALUE} by default")
    private Duration every = Duration.ofSeconds(2);

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "how long a file must stand still before it is uploaded; ${DEFAULT-VALUE} by default")
    private Duration settle = Duration.ofSeconds(5);

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "how many photos one call has at most, 1 to 100; ${DEFAULT-VALUE} by default")
    private int batch = MOST_FILES;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "with --once: how long the gateway may be away; ${DEFAULT-VALUE} by default")
    private int patience = 60;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "the file that records what was uploaded; by default DIR/.sluice-watch")
    private @Nullable Path journal;

    /** Makes the verb. */
    public WatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws InterruptedException, IOException {
        if (batch < 1 || batch > MOST_FILES) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--batch must be from 1 to " + MOST_FILES);
        }
        var options = options(folder(Objects.requireNonNull(dir)));
        try (var pace = SignalPace.ofThisThread()) {
            return new WatchRun(context, options, pace).run();
        }
    }

    private static Path folder(Path dir) throws IOException {
        if (!Files.isDirectory(dir) || !Files.isReadable(dir)) {
            throw new CommandFailedException(dir + " is no folder that can be read");
        }
        return dir.toRealPath();
    }

    /** Follows links, because the folder may lie in the watched one, where it is left out. */
    private static Path realFolder(Path wanted) {
        try {
            return Files.createDirectories(wanted).toRealPath();
        } catch (IOException e) {
            throw new CommandFailedException("%s cannot be made a folder (%s)".formatted(wanted, e));
        }
    }

    private WatchOptions options(Path folder) {
        return new WatchOptions(
                folder,
                journal == null
                        ? folder.resolve(".sluice-watch")
                        : journal.toAbsolutePath().normalize(),
                moveTo == null ? Optional.empty() : Optional.of(realFolder(moveTo)),
                recursive,
                every,
                settle,
                batch,
                once ? Optional.of(Duration.ofSeconds(patience)) : Optional.empty(),
                waits);
    }
}
