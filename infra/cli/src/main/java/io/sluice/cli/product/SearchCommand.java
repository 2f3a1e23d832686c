package io.sluice.cli.product;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.gateway.PictureFile;
import io.sluice.client.search.SearchQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches by text, by picture, or by both. */
@Command(name = "search", description = "Find products by text, by picture, or both.", mixinStandardHelpOptions = true)
public final class SearchCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "what to look for")
    private List<String> words = new ArrayList<>();

    @Option(names = "--image", paramLabel = "FILE", description = "a picture to look for")
    private @Nullable Path image;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many hits at most, 1 to 100; ${DEFAULT-VALUE} by default")
    private int limit = 10;

    @Option(
            names = "--filter",
            paramLabel = "NAME:VALUE",
            description = "metadata that every hit must have; may be repeated")
    private List<String> filters = new ArrayList<>();

    public SearchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var text = String.join(" ", words).strip();
        if (text.isEmpty() && image == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Give a TEXT, an --image, or both");
        }
        var query = new SearchQuery(text, OptionalInt.of(limit), filters);
        var picture = image == null ? null : PictureFile.at(image);
        try (var gateway = new GatewayCalls(context)) {
            var found = gateway.ask(client -> picture == null
                    ? client.search().find(query)
                    : client.search().find(query, picture));
            if (found.hits().isEmpty()) {
                context.out().println("Nothing found.");
            }
            found.hits()
                    .forEach(hit ->
                            context.printLine("%.3f  %s  %s".formatted(hit.score(), hit.productId(), hit.name())));
        }
        return ExitCode.SUCCESS;
    }
}
