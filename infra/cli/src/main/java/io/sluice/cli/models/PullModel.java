package io.sluice.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.embedder.bundle.BundleDownload;
import io.sluice.embedder.bundle.Catalog.Entry;
import io.sluice.embedder.bundle.Catalog.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = "Download a model of the catalog; a download that was cut off is continued.",
        mixinStandardHelpOptions = true)
final class PullModel implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "see ./sluice models list")
    private @Nullable String name;

    @Option(
            names = "--accept-license",
            description = "you have read the licenses of the model and accept them; without it, you are asked")
    private boolean isAccepted;

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
        if (!entry.terms().isEmpty()) {
            requireAccepted(entry);
        }
        context.out()
                .println("Downloading %s (%s, license: %s) into %s"
                        .formatted(entry.name(), ModelsCommand.megabytes(entry.size()), entry.license(), folder));
        try (var download = new BundleDownload();
                var bar = new ProgressBar(context.err())) {
            download.pull(entry, folder, bar);
        }
        context.out()
                .println("All files are complete. "
                        + switch (entry.kind()) {
                            case CLIP -> "Use it: " + ModelsCommand.start(entry.name(), entry.name());
                            case FACES -> "Use it: ./sluice up, and ./sluice photos recognize --all for older photos";
                        });
        return ExitCode.SUCCESS;
    }

    /** Shows the licenses before anything is downloaded, and asks unless the option is given. */
    private void requireAccepted(Entry entry) {
        for (var terms : entry.terms()) {
            context.printLine(terms.of());
            context.printLine("    %s: %s".formatted(terms.license(), terms.url()));
        }
        if (entry.kind() == Kind.FACES) {
            context.printLine(
                    "These models tell people by their faces. Use them only with photos of people who agree.");
        }
        if (isAccepted) {
            return;
        }
        context.printNotice("Do you accept these licenses? Type yes or no, then Enter:");
        if (!"yes".equalsIgnoreCase(answer())) {
            throw new CommandFailedException(
                    "Nothing was downloaded, because the licenses were not accepted: answer yes, or add --accept-license");
        }
    }

    private String answer() {
        try {
            var line = new BufferedReader(new InputStreamReader(context.in(), UTF_8)).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new CommandFailedException("the answer cannot be read (%s)".formatted(e));
        }
    }
}
