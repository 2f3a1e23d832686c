package io.sluice.cli.models;

import io.sluice.cli.Shell;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.model.ClipModel;
import io.sluice.embedder.model.Provider;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Check that a model is whole, what was pulled, and loads; says what it makes.",
        mixinStandardHelpOptions = true)
final class VerifyModel implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "NAME|PATH", description = "a name of the catalog, or the folder of a bundle")
    private @Nullable String model;

    VerifyModel(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var found = ModelsCommand.library(shell).locate(Objects.requireNonNull(model));
        var precision = shell.environment().getOrDefault("EMBEDDER_PRECISION", "any");
        var bundle = found.open(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
        try (var clip = ClipModel.load(bundle, Provider.CPU)) {
            shell.out().println("%s in %s is whole and loads.".formatted(bundle.name(), found.folder()));
            shell.out().println("  networks    %s, %s".formatted(bundle.vision(), bundle.text()));
            shell.out()
                    .println("  pictures    %d x %d"
                            .formatted(clip.framing().side(), clip.framing().side()));
            shell.out()
                    .println("  texts       up to %d tokens"
                            .formatted(bundle.tokenizer().maxTokens()));
            shell.out()
                    .println("  dimensions  %d, one space"
                            .formatted(clip.dimensions().get("text")));
            shell.out().println("  revision    " + clip.revision());
        }
        return 0;
    }
}
