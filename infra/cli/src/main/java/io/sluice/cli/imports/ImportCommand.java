package io.sluice.cli.imports;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.imports.ImportState;
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

/** Imports a spreadsheet, and waits until every row has its outcome. */
@Command(
        name = "import",
        description = {
            "Import a CSV or XLSX file.",
            "",
            "A row is known by its key: a row that exists is updated, and a row that is the same is left alone. Rows that are"
                    + " wrong are rejected and written to a file beside FILE with their reasons; correct them there and"
                    + " import that file. All other rows are imported. Ctrl-C leaves the import running. Exit code 3: some"
                    + " rows were rejected.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<ExitCode> {
    /** How long the gateway may be away after a call has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a CSV file in any usual form, or an XLSX file")
    private @Nullable Path file;

    @Option(names = "--kind", paramLabel = "KIND", required = true, description = "the kind of its rows: companies, …")
    private @Nullable String kind;

    @Option(names = "--dry-run", description = "count what would happen, and write nothing")
    private boolean dryRun;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "the sheet of a workbook; by default the first one that has cells")
    private @Nullable String sheet;

    @Option(
            names = "--map",
            paramLabel = "COLUMN=FIELD",
            description = "the field of a column whose header is not recognized; may be repeated")
    private List<String> mapping = new ArrayList<>();

    @Option(
            names = "--no-create-categories",
            description = "reject rows whose category is unknown, instead of creating the category")
    private boolean keepCategories;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description =
                    "the encoding of a CSV file: windows-1252, macintosh, IBM850, …; by default it is found out from the file")
    private @Nullable String encoding;

    @Option(
            names = "--keep-damaged",
            description = "import rows with characters that cannot be read, with U+FFFD in their place; by default such"
                    + " rows are rejected")
    private boolean keepDamaged;

    @Option(
            names = "--errors",
            paramLabel = "FILE",
            description =
                    "the file for rejected rows, .csv or .xlsx, which is overwritten; by default a new <name>-errors.csv"
                            + " beside FILE, or .xlsx when FILE is a workbook")
    private @Nullable Path errors;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long to wait; exit code 1 when it has not ended by then; ${DEFAULT-VALUE} by default")
    private int timeout = 3600;

    public ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        var path = Objects.requireNonNull(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw usage("%s is not a file that can be read".formatted(path));
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
            run.printRejected(ended, errorsFile(path, ended));
            return ImportFollower.exitCode(ended);
        }
    }

    private ErrorsFile errorsFile(Path imported, ImportState state) {
        return errors == null ? ErrorsFile.beside(imported, state.isWorkbook()) : new ErrorsFile(errors);
    }

    private ImportOptions options() {
        return new ImportOptions(
                Objects.requireNonNull(kind),
                dryRun,
                !keepCategories,
                Objects.requireNonNullElse(sheet, ""),
                assigned(),
                Objects.requireNonNullElse(encoding, ""),
                keepDamaged);
    }

    /** Splits at the last equals sign: a header may have one, the name of a field does not. */
    private Map<String, String> assigned() {
        Map<String, String> assigned = new LinkedHashMap<>();
        for (var each : mapping) {
            var sign = each.lastIndexOf('=');
            if (sign < 1 || sign == each.length() - 1) {
                throw usage("--map is COLUMN=FIELD, such as --map 'Raison sociale=name', and not '%s'".formatted(each));
            }
            if (assigned.put(each.substring(0, sign), each.substring(sign + 1)) != null) {
                throw usage("--map has '%s' twice".formatted(each.substring(0, sign)));
            }
        }
        return assigned;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
