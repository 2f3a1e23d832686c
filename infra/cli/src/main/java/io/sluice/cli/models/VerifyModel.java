package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.embedder.bundle.Catalog.Kind;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.model.ClipModel;
import io.sluice.embedder.model.Provider;
import io.sluice.pictures.face.FaceNetworks;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Check that a model is complete, unchanged since it was pulled, and loads; show its properties.",
        mixinStandardHelpOptions = true)
final class VerifyModel implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME|PATH", description = "a name in the catalog, or the folder of a bundle")
    private @Nullable String model;

    VerifyModel(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var library = ModelsCommand.library(context);
        var name = Objects.requireNonNull(model);
        var faces = library.catalog().find(name).filter(entry -> entry.kind() == Kind.FACES);
        if (faces.isPresent()) {
            return verifyFaces(library.checked(faces.get()), name);
        }
        var found = library.locate(name);
        var precision = context.environment().getOrDefault("EMBEDDER_PRECISION", "any");
        var bundle = found.open(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
        try (var clip = ClipModel.load(bundle, Provider.CPU)) {
            context.out().println("%s in %s is complete and loads.".formatted(bundle.name(), found.folder()));
            context.out().println("  networks    %s, %s".formatted(bundle.vision(), bundle.text()));
            context.out()
                    .println("  pictures    %d x %d"
                            .formatted(clip.framing().side(), clip.framing().side()));
            context.out()
                    .println("  texts       up to %d tokens"
                            .formatted(bundle.tokenizer().maxTokens()));
            context.out()
                    .println("  dimensions  %d, one space"
                            .formatted(clip.dimensions().get("text")));
            context.out().println("  revision    " + clip.revision());
        }
        return ExitCode.SUCCESS;
    }

    private ExitCode verifyFaces(Path folder, String name) {
        try (var _ = FaceNetworks.load(folder.resolve("detector.onnx"), folder.resolve("recognizer.onnx"))) {
            context.out().println("%s in %s is complete and loads.".formatted(name, folder));
            return ExitCode.SUCCESS;
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailedException(
                    "%s: run ./sluice models pull %s to fetch it again".formatted(unreadable.getMessage(), name));
        }
    }
}
