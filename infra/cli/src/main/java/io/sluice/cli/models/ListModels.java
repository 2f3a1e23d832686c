package io.sluice.cli.models;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "List the models that can be pulled, and which of them are here.",
        mixinStandardHelpOptions = true)
final class ListModels implements Callable<ExitCode> {
    private final CommandContext context;

    ListModels(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var library = ModelsCommand.library(context);
        print("builtin", "built in", "-", "MiniLM for English texts, color and shape for pictures: two spaces");
        for (var entry : library.catalog().entries()) {
            var begun = Files.isDirectory(library.folderOf(entry.name()));
            var here = library.has(entry.name()) ? "pulled" : begun ? "incomplete" : "not pulled";
            var about = entry.about() + (entry.isPinned() ? "" : " (not pinned: see docs/guide/models.md)");
            var known = entry.files().stream().allMatch(file -> file.size().isPresent());
            print(entry.name(), here, (known ? "" : "> ") + ModelsCommand.megabytes(entry.size()), about);
        }
        context.out()
                .println("Pulled models are in " + library.folder() + ". The path of a folder names any other bundle.");
        return ExitCode.SUCCESS;
    }

    private void print(String name, String where, String size, String about) {
        context.out().printf("%-28s %-12s %8s  %s%n", name, where, size, about);
    }
}
