package io.sluice.cli.imports;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.imports.ImportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** Imports a spreadsheet, and looks on until every row has its outcome. */
@Command(
        name = "import",
        description = {
            "Import a CSV or XLSX file.",
            "",
            "Rows are known by their key: a row that is there is updated, one that is there already and the same is left as it"
                    + " is. Rows that are wrong are rejected, and written to a file beside FILE with their reasons, to be"
                    + " mended there and imported again; the others go in. Ctrl-C leaves the import running. Exit code 3:"
                    + " some rows were rejected.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<ExitCode> {
    /** How long the gateway may be away, once a call has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV in any usual form, or XLSX")
    private @Nullable Path file;

    @Option(names = "--kind", paramLabel = "KIND", required = true, description = "what its rows are: companies, …")
    private @Nullable String kind;

    @Option(names = "--dry-run", description = "say what would happen, and write nothing")
    private boolean dryRun;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "of a workbook; the first that is not empty otherwise")
    private @Nullable String sheet;

    @Option(
            names = "--map",
            paramLabel = "COLUMN=FIELD",
            description = "which field a column is, when its header does not say so; may be repeated")
    private List<String> mapping = new ArrayList<>();

    @Option(
            names = "--no-create-categories",
            description = "reject rows that name a category nobody knows, instead of making it")
    private boolean keepCategories;

    @Option(
            names = "--errors",
            paramLabel = "FILE",
            description =
                    "where rejected rows are written, over whatever is there; <name>-errors.csv beside FILE otherwise")
    private @Nullable Path errors;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "how long to look on at most; exit code 1 when it has not ended by then; ${DEFAULT-VALUE} by default")
    private int timeout = 3600;

    public ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        var path = Objects.requireNonNull(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw usage("There is no file %s that can be read".formatted(path));
        }
        var options = options();
        var progress = new ProgressLine(context.err());
        var deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        try (var gateway = new PatientCalls(context, PATIENCE, progress::say)) {
            var id = new ImportUpload(gateway, progress::say).send(path, options, deadline);
            var began = System.nanoTime();
            progress.say("import %s: %s, %,d KB".formatted(id, path.getFileName(), (Files.size(path) + 1023) / 1024));
            var run = new ImportFollower(context, gateway, progress);
            var ended = run.follow(id, deadline);
            run.summarize(ended, Duration.ofNanos(System.nanoTime() - began));
            run.tellRejected(ended, new ErrorsFile(path, errors));
            return ImportFollower.exitCode(ended);
        }
    }

    private ImportOptions options() {
        return new ImportOptions(
                Objects.requireNonNull(kind),
                dryRun,
                !keepCategories,
                Objects.requireNonNullElse(sheet, ""),
                assigned());
    }

    /** A field's name has no equals sign in it, a header may. */
    private Map<String, String> assigned() {
        Map<String, String> assigned = new LinkedHashMap<>();
        for (var each : mapping) {
            var sign = each.lastIndexOf('=');
            if (sign < 1 || sign == each.length() - 1) {
                throw usage("--map is COLUMN=FIELD, such as --map 'Raison sociale=name', and not '%s'".formatted(each));
            }
            if (assigned.put(each.substring(0, sign), each.substring(sign + 1)) != null) {
                throw usage("--map says twice what '%s' is".formatted(each.substring(0, sign)));
            }
        }
        return assigned;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
