package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "discard",
        description = "Note why nothing is to be done about letters. They stay in their topic until it deletes them.",
        mixinStandardHelpOptions = true)
final class DiscardLetters implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "the ids of the letters")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it is kept with your name")
    private String reason = "";

    DiscardLetters(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            for (var id : ids) {
                gateway.ask(client -> client.deadLetters().discard(topic, id, reason));
                context.printLine(id + ": discarded");
            }
        }
        return ExitCode.SUCCESS;
    }
}
