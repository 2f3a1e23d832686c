package io.sluice.cli;

import io.sluice.cli.imports.ImportCommand;
import io.sluice.cli.imports.ImportsCommand;
import io.sluice.cli.models.ModelsCommand;
import io.sluice.cli.product.IndexCommand;
import io.sluice.cli.product.JobsCommand;
import io.sluice.cli.product.ProductsCommand;
import io.sluice.cli.product.SearchCommand;
import io.sluice.cli.topics.TopicsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice}: one verb per run. Exit codes: 0 success, 1 failed, 2 usage, 3 finished with rejected rows. */
@Command(
        name = "sluice",
        description = "Products and spreadsheets through one Kafka pipeline: vectors to search, rows in tables.",
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "./sluice test runs the test suite, ./sluice bench the benchmarks. Verbs that talk to a running Sluice find it by SLUICE_URL, or by",
            "endpoints.json in SLUICE_DATA_DIR (.sluice in the current folder).",
        })
public final class Sluice implements Callable<Integer> {
    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    private Sluice() {}

    /** Runs the verb and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Shell.ofThisProcess(), args));
    }

    /** Runs a verb as {@link #main} does, and returns the exit code. */
    public static int run(Shell shell, String... args) {
        try {
            return commands(shell).execute(args);
        } catch (Error e) { // threads of a broker would keep the process after its main thread has died
            shell.err().println("sluice: " + Problem.oneLine(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static CommandLine commands(Shell shell) {
        return new CommandLine(new Sluice())
                .addSubcommand(new DemoCommand(shell))
                .addSubcommand(new UpCommand(shell))
                .addSubcommand(new StackCommand(shell))
                .addSubcommand(new RunCommand(shell))
                .addSubcommand(new SearchCommand(shell))
                .addSubcommand(new IndexCommand(shell))
                .addSubcommand(new ImportCommand(shell))
                .addSubcommand(new ImportsCommand(shell))
                .addSubcommand(new JobsCommand(shell))
                .addSubcommand(ProductsCommand.with(shell))
                .addSubcommand(TopicsCommand.with(shell))
                .addSubcommand(ModelsCommand.with(shell))
                .addSubcommand(new CommandLine.HelpCommand())
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    shell.err().println("sluice: " + Problem.oneLine(thrown));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Without a verb: says which there are. */
    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
