package io.sluice.cli;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.runtime.process.EnvironmentFileException;
import io.sluice.runtime.process.FixedLocale;
import io.sluice.schemas.text.VisibleText;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ./sluice}: runs one verb and ends with its {@link ExitCode}. */
@Command(
        name = "sluice",
        description = "Products and spreadsheets through one Kafka pipeline: vectors to search, rows in tables.",
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "./sluice test runs the test suite, ./sluice bench the benchmarks.",
            "A verb that calls a running Sluice finds it by SLUICE_URL, else by endpoints.json in SLUICE_DATA_DIR (.sluice in the current folder).",
            "It signs in by SLUICE_TOKEN, else by what ./sluice login kept, else as the admin of the data folder.",
        })
public final class Sluice implements Callable<ExitCode> {
    @Spec
    private @Nullable CommandSpec spec;

    private Sluice() {}

    /** Runs the verb and ends the process with its exit code. */
    public static void main(String[] args) {
        FixedLocale.set();
        System.exit(run(args));
    }

    private static int run(String... args) {
        try {
            return run(CommandContext.ofThisProcess(), args);
        } catch (EnvironmentFileException e) {
            System.err.println("sluice: " + ErrorLine.of(e));
            return ExitCode.FAILED.code();
        }
    }

    /** Runs a verb as {@link #main} does, and returns the exit code. */
    public static int run(CommandContext context, String... args) {
        try {
            return commandLine(context, args).execute(args);
        } catch (Error e) { // threads of a broker would keep the process after its main thread has died
            context.err().println("sluice: " + ErrorLine.of(e));
            return ExitCode.FAILED.code();
        }
    }

    static CommandLine commandLine(CommandContext context, String... args) {
        var sluice = new CommandLine(new Sluice());
        Verb.neededBy(args).forEach(verb -> sluice.addSubcommand(verb.with(context)));
        return sluice.addSubcommand(new HelpCommand())
                .setUsageHelpAutoWidth(true)
                .setOut(context.out().helpWriter())
                .setErr(context.err().helpWriter())
                .setParameterExceptionHandler(Sluice::refuse)
                .setExecutionStrategy(Sluice::execute)
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    context.err().println("sluice: " + ErrorLine.of(thrown));
                    return ExitCode.FAILED.code();
                });
    }

    /** Says what is wrong with the arguments, and shows the usage, as picocli does. The message may have an argument in it. */
    private static int refuse(ParameterException wrong, String... args) {
        var verb = wrong.getCommandLine();
        var err = verb.getErr();
        err.println(verb.getColorScheme().errorText(VisibleText.of(String.valueOf(wrong.getMessage()))));
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            verb.usage(err);
        }
        return ExitCode.USAGE.code();
    }

    /** Picocli knows exit codes as numbers; our verbs return an {@link ExitCode}. */
    private static int execute(ParseResult parsed) {
        var code = new RunLast().execute(parsed);
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Object result = last.commandSpec().commandLine().getExecutionResult();
        return result instanceof ExitCode exitCode ? exitCode.code() : code;
    }

    /** Shows the usage, because there is no verb. */
    @Override
    public ExitCode call() {
        Objects.requireNonNull(spec).commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
