package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.embedder.bundle.Bundle;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        description = {
            "Write a model bundle with the shapes of CLIP ViT-B/32 (606 MB) and random weights.",
            "Use it to try Sluice and to measure it without a download. Its vectors mean nothing."
        },
        mixinStandardHelpOptions = true)
final class GenerateModel implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "PATH", description = "the folder to create")
    private @Nullable Path folder;

    @Option(names = "--small", description = "one narrow layer instead of twelve: under 1 MB, and fast")
    private boolean small;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the weights; ${DEFAULT-VALUE} by default")
    private long seed = 42;

    GenerateModel(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws IOException {
        var target = Objects.requireNonNull(folder);
        if (Files.exists(target) && !isEmptyFolder(target)) {
            throw new CommandFailedException(target + " already exists: name a new folder, or delete it");
        }
        ClipBundle.write(target, small ? Shape.small() : Shape.vitB32(), seed);
        context.out().println("Wrote a CLIP model with random weights. Its vectors mean nothing.");
        context.out().println("Use it: " + ModelsCommand.start(Bundle.nameOf(target), setting(target)));
        return ExitCode.SUCCESS;
    }

    /** Returns a path that cannot be mistaken for a name in the catalog. */
    private static String setting(Path target) {
        return target.isAbsolute() || target.startsWith(".") || target.startsWith("..")
                ? target.toString()
                : "./" + target;
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (var inside = Files.list(path)) {
            return inside.findAny().isEmpty();
        }
    }
}
