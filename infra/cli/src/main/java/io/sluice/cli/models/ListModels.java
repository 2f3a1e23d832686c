package io.sluice.cli.models;

import io.sluice.cli.Shell;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the models that EMBEDDER_MODEL can name.", mixinStandardHelpOptions = true)
final class ListModels implements Callable<Integer> {
    private final Shell shell;

    ListModels(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var library = ModelsCommand.library(shell);
        print("builtin", "comes along", "-", "MiniLM for English texts, color and shape for pictures: two spaces");
        for (var entry : library.catalog().entries()) {
            var begun = Files.isDirectory(library.folderOf(entry.name()));
            var here = library.has(entry.name()) ? "here" : begun ? "incomplete" : "to pull";
            var about = entry.about() + (entry.isPinned() ? "" : " (not pinned: see docs/guide/models.md)");
            var known = entry.files().stream().allMatch(file -> file.size().isPresent());
            print(entry.name(), here, (known ? "" : "> ") + ModelsCommand.megabytes(entry.size()), about);
        }
        shell.out().println("Pulled models are in " + library.folder() + "; a folder's path names any other bundle.");
        return 0;
    }

    private void print(String name, String where, String size, String about) {
        shell.out().printf("%-28s %-12s %8s  %s%n", name, where, size, about);
    }
}
