package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "discard",
        description = {
            "Note why nothing is to be done about letters. They stay in their topic until it deletes them.",
            "Without an ID, discard the open letters of the TOPIC that the options choose."
        },
        mixinStandardHelpOptions = true)
final class DiscardLetters implements Callable<ExitCode> {
    private static final String OPEN = "open";

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "the ids of the letters")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--all", description = "all open letters of the TOPIC")
    private boolean all;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it is kept with your name")
    private String reason = "";

    DiscardLetters(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var isChosen = !filter.isEmpty() || all;
        if (ids.isEmpty() != isChosen) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Say which letters: their IDs; or --code, --key or --since; or --all for all open letters of the TOPIC");
        }
        try (var gateway = new GatewayCalls(context)) {
            ids.forEach(id -> discard(gateway, id));
            if (isChosen) {
                new LetterPages(gateway::ask, topic, filter.filter(), OPEN)
                        .forEach(Long.MAX_VALUE, letter -> discard(gateway, letter.id()));
            }
        }
        return ExitCode.SUCCESS;
    }

    private void discard(GatewayCalls gateway, String id) {
        gateway.ask(client -> client.deadLetters().discard(topic, id, reason));
        context.printLine(id + ": discarded");
    }
}
