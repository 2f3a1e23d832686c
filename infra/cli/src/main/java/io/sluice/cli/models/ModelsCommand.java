package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.embedder.bundle.ModelLibrary;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, fetches and checks the models that the embedder can be set to. */
@Command(
        name = "models",
        description = "List, fetch and check models (EMBEDDER_MODELS_DIR, EMBEDDER_CATALOG).",
        mixinStandardHelpOptions = true)
public final class ModelsCommand {
    private ModelsCommand() {}

    /** {@return the verb with its own verbs} */
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

    /** {@return how to use a model, for whoever just got it} */
    static String start(String name, String setting) {
        return "EMBEDDER_MODEL=%s SLUICE_INDEX=%s-1 SLUICE_DATA_DIR=.sluice-%s ./sluice up"
                .formatted(setting, name, name);
    }
}
