package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.embedder.bundle.BundleDownload;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = "Download a model of the catalog; a download that was cut off is continued.",
        mixinStandardHelpOptions = true)
final class PullModel implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "see ./sluice models list")
    private @Nullable String name;

    PullModel(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws InterruptedException {
        var library = ModelsCommand.library(context);
        var entry = library.catalog()
                .find(Objects.requireNonNull(name))
                .orElseThrow(() -> new CommandFailedException("The catalog has no model '%s'; it has: %s"
                        .formatted(name, library.catalog().names())));
        var folder = library.folderOf(entry.name());
        context.out()
                .println("Downloading %s (%s, license: %s) into %s"
                        .formatted(entry.name(), ModelsCommand.megabytes(entry.size()), entry.license(), folder));
        try (var download = new BundleDownload();
                var bar = new ProgressBar(context.err())) {
            download.pull(entry, folder, bar);
        }
        context.out().println("All files are complete. Use it: " + ModelsCommand.start(entry.name(), entry.name()));
        return ExitCode.SUCCESS;
    }
}
