package io.sluice.cli.product;

import io.sluice.cli.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
public final class SearchCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "what to look for")
    private List<String> words = new ArrayList<>();

    @Option(names = "--image", paramLabel = "FILE", description = "a picture to look for")
    private @Nullable Path image;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many (1 to 100, default ${DEFAULT-VALUE})")
    private int limit = 10;

    @Option(names = "--filter", paramLabel = "NAME:VALUE", description = "only with this metadata; may be repeated")
    private List<String> filters = new ArrayList<>();

    public SearchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var text = String.join(" ", words).strip();
        if (text.isEmpty() && image == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Give a TEXT, an --image, or both");
        }
        var parameters = new ArrayList<Map.Entry<String, String>>();
        parameters.add(Map.entry("limit", Integer.toString(limit)));
        filters.forEach(filter -> parameters.add(Map.entry("filter", filter)));
        if (!text.isEmpty()) {
            parameters.add(Map.entry("q", text));
        }
        try (var gateway = new Gateway(shell.gateway())) {
            var answer = gateway.ask(client -> image == null
                    ? client.search(parameters)
                    : client.searchByPicture(Pictures.read(image), parameters));
            var results = answer.body().path("results");
            if (results.isEmpty()) {
                shell.out().println("Nothing found.");
            }
            for (var hit : results) {
                shell.out()
                        .printf(
                                "%.3f  %s  %s%n",
                                hit.path("score").asDouble(),
                                hit.path("product_id").asText(),
                                hit.path("name").asText());
            }
        }
        return 0;
    }
}
