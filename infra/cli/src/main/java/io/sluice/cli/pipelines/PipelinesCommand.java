package io.sluice.cli.pipelines;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.pipelines.PipelineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the pipelines of all services; its sub-commands pause and resume one. */
@Command(
        name = "pipelines",
        description = "Show the pipelines of all services; pause and resume one. For admins.",
        footer = {
            "",
            "waiting: a dependency is away; it goes on by itself. paused: a person stopped it. suspended: it stopped"
                    + " itself, because most of its records fail; it tries again by itself. stalled: it makes no progress,"
                    + " or no instance runs."
        },
        mixinStandardHelpOptions = true)
public final class PipelinesCommand implements Callable<ExitCode> {
    private final CommandContext context;

    private PipelinesCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new PipelinesCommand(context))
                .addSubcommand(new Pause(context))
                .addSubcommand(new Resume(context));
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            table(gateway.ask(client -> client.pipelines().list())).forEach(context::printLine);
        }
        return ExitCode.SUCCESS;
    }

    private static List<String> table(List<PipelineState> pipelines) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PIPELINE", "STATUS", "LAG", "RATE/S", "RETRYING", "DEAD", "INSTANCES"));
        for (var pipeline : pipelines) {
            rows.add(List.of(
                    pipeline.name(),
                    pipeline.status(),
                    "%,d".formatted(pipeline.lag()),
                    String.format(Locale.ROOT, "%.1f", pipeline.ratePerS()),
                    "%,d".formatted(pipeline.retrying()),
                    pipeline.deadLetters() < 0 ? "?" : "%,d".formatted(pipeline.deadLetters()),
                    Integer.toString(pipeline.instances())));
        }
        var lines = new ArrayList<String>();
        for (var i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), rows));
            if (i > 0 && !pipelines.get(i - 1).status().equals("running")) {
                lines.add("  " + why(pipelines.get(i - 1)));
            }
        }
        return lines;
    }

    /** Puts numbers to the right, and what comes before them to the left. */
    private static String line(List<String> row, List<List<String>> rows) {
        var line = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            var index = column;
            var width = rows.stream()
                    .mapToInt(cells -> cells.get(index).length())
                    .max()
                    .orElse(0);
            var format = column < 2 ? "%-" + width + "s" : "%" + width + "s";
            line.append(column == 0 ? "" : "  ").append(format.formatted(row.get(column)));
        }
        return line.toString().stripTrailing();
    }

    private static String why(PipelineState pipeline) {
        return pipeline.status()
                + (pipeline.by().isEmpty() ? "" : " by " + pipeline.by())
                + (pipeline.since().isEmpty() ? "" : " since " + WholeSecond.of(pipeline.since()))
                + (pipeline.reason().isEmpty() ? "" : ": " + pipeline.reason());
    }

    @Command(
            name = "pause",
            description = "Pause a pipeline on every instance, until it is resumed. It finishes the batch at work.",
            mixinStandardHelpOptions = true)
    private static final class Pause implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "NAME", description = "the pipeline's name, such as indexer")
        private String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "why; shown until it is resumed")
        private String reason = "";

        private Pause(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                var paused = gateway.ask(client -> client.pipelines().pause(name, reason));
                context.printLine(paused.name() + ": " + why(paused));
            }
            return ExitCode.SUCCESS;
        }
    }

    @Command(name = "resume", description = "Let a paused pipeline go on.", mixinStandardHelpOptions = true)
    private static final class Resume implements Callable<ExitCode> {
        private final CommandContext context;

        @Parameters(paramLabel = "NAME", description = "the pipeline's name, such as indexer")
        private String name = "";

        private Resume(CommandContext context) {
            this.context = context;
        }

        @Override
        public ExitCode call() {
            try (var gateway = new GatewayCalls(context)) {
                var resumed = gateway.ask(client -> client.pipelines().resume(name));
                context.printLine(resumed.name() + ": " + why(resumed));
            }
            return ExitCode.SUCCESS;
        }
    }
}
