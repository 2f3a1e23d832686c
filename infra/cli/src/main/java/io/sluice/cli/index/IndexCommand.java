package io.sluice.cli.index;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.gateway.PictureFile;
import io.sluice.cli.jobs.JobWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves one product, or all products of a file or a folder. */
@Command(
        name = "index",
        description = {
            "Save products: those of a FILE or a folder, or one that the options describe.",
            "",
            "A FILE has one JSON object a line, or one JSON array; image_file names a picture in the folder of the FILE. In a"
                    + " folder, every picture becomes a product named like its file, unless products.ndjson or"
                    + " products.json describes them. A rejected product is listed, and the others are saved. A run that"
                    + " was stopped continues where it was when you call it again. Exit code 3: some products were"
                    + " rejected.",
            "",
            "A product replaces the one that has its id as a whole: a picture and metadata that you do not send are"
                    + " removed.",
            "",
            "A call for one product ends when the product is searchable; with a picture, when it is accepted.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class IndexCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE|DIR", arity = "0..1", description = "products, one JSON object a line; or pictures")
    private @Nullable Path source;

    @Option(
            names = "--restart",
            description = "start a FILE or folder from the beginning, wherever the last run stopped")
    private boolean restart;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description =
                    "how long the gateway may be away while a FILE or folder is sent; ${DEFAULT-VALUE} by default")
    private int patience = 60;

    @Option(names = "--id", paramLabel = "ID", description = "the product's id")
    private @Nullable String id;

    @Option(names = "--name", paramLabel = "TEXT", description = "its name")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "its description")
    private @Nullable String description;

    @Option(names = "--metadata", paramLabel = "JSON", description = "a JSON object, or any text")
    private @Nullable String metadata;

    @Option(names = "--image", paramLabel = "FILE", description = "a picture: JPEG, PNG, WebP or GIF")
    private @Nullable Path image;

    @Option(
            names = "--wait",
            description = "wait until the jobs have ended; exit code 1 when the job of a single product failed")
    private boolean waits;

    public IndexCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        var describes =
                Stream.of(id, name, description).filter(Objects::nonNull).count();
        if (source != null && describes == 0 && metadata == null && image == null) {
            return new IndexRun(context, source, Duration.ofSeconds(patience)).run(restart, waits);
        }
        if (source != null || describes < 3) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Give a FILE or a folder, or --id, --name and --description of one product");
        }
        return indexOne(Objects.requireNonNull(id), fields());
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("product_id", Objects.requireNonNull(id));
        fields.put("name", Objects.requireNonNull(name));
        fields.put("description", Objects.requireNonNull(description));
        if (metadata != null) {
            fields.put("metadata", metadata);
        }
        return fields;
    }

    private ExitCode indexOne(String productId, Map<String, String> fields) {
        var picture = image == null ? null : PictureFile.at(image);
        try (var gateway = new GatewayCalls(context)) {
            var receipt = gateway.ask(client -> picture == null
                    ? client.products().save(fields)
                    : client.products().save(fields, picture));
            if (!waits) {
                context.printLine("%s: %s, job %s".formatted(productId, receipt.status(), receipt.jobId()));
                return ExitCode.SUCCESS;
            }
            var job = new JobWatch(gateway, receipt.jobId()).awaitEnd(_ -> {});
            context.printLine(productId + ": " + JobWatch.summary(job));
            return ExitCode.of(job.status());
        }
    }
}
