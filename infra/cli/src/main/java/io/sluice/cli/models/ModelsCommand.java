package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.embedder.bundle.ModelLibrary;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, downloads and checks models for the embedder and for the stand-in for Rekognition. */
@Command(
        name = "models",
        description = "List, download and check models (EMBEDDER_MODELS_DIR, EMBEDDER_CATALOG).",
        mixinStandardHelpOptions = true)
public final class ModelsCommand {
    private ModelsCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ListModels(context))
                .addSubcommand(new PullModel(context))
                .addSubcommand(new VerifyModel(context))
                .addSubcommand(new GenerateModel(context));
    }

    static ModelLibrary library(CommandContext context) {
        return ModelLibrary.of(
                context.environment().getOrDefault("EMBEDDER_MODELS_DIR", ModelLibrary.DEFAULT_FOLDER),
                context.environment().getOrDefault("EMBEDDER_CATALOG", ""));
    }

    static String megabytes(long bytes) {
        return Math.round(bytes / 1e6) + " MB";
    }

    /** {@return the command that starts Sluice with a model} */
    static String start(String name, String setting) {
        return "EMBEDDER_MODEL=%s SLUICE_INDEX=%s-1 SLUICE_DATA_DIR=.sluice-%s ./sluice up"
                .formatted(setting, name, name);
    }
}
