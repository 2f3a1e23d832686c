package io.sluice.cli.models;

import io.sluice.cli.CommandFailedException;
import io.sluice.cli.Shell;
import io.sluice.embedder.bundle.BundleDownload;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = "Fetch a model of the catalog; when it was cut off, go on from there.",
        mixinStandardHelpOptions = true)
final class PullModel implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "see ./sluice models list")
    private @Nullable String name;

    PullModel(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        var library = ModelsCommand.library(shell);
        var entry = library.catalog()
                .find(Objects.requireNonNull(name))
                .orElseThrow(() -> new CommandFailedException("There is no model '%s' in the catalog; there are: %s"
                        .formatted(name, library.catalog().names())));
        var folder = library.folderOf(entry.name());
        shell.out()
                .println("Fetching %s (%s, license: %s) into %s"
                        .formatted(entry.name(), ModelsCommand.megabytes(entry.size()), entry.license(), folder));
        try (var download = new BundleDownload();
                var bar = new ProgressBar(shell.err())) {
            download.pull(entry, folder, bar);
        }
        shell.out().println("Every file is whole. Use it: " + ModelsCommand.start(entry.name(), entry.name()));
        return 0;
    }
}
