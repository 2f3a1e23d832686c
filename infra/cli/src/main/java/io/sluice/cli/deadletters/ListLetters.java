package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.deadletters.DeadLetter;
import io.sluice.client.deadletters.DeadLetterGroup;
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
        name = "list",
        description = {
            "Show how many letters there are, by topic and failure code.",
            "With a TOPIC, list its letters, the newest first; by default those that are open."
        },
        mixinStandardHelpOptions = true)
final class ListLetters implements Callable<ExitCode> {
    private static final String ALL = "all";
    private static final int LONGEST_MESSAGE = 100;

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "a dead-letter topic; without it all are counted")
    private @Nullable String topic;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "open (default), redriven, mended, discarded, expired, or all")
    private String state = "open";

    @Option(names = "--limit", paramLabel = "N", description = "how many are listed; ${DEFAULT-VALUE} by default")
    private int limit = 20;

    ListLetters(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (topic == null && !filter.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--code, --key and --since need a TOPIC");
        }
        try (var gateway = new GatewayCalls(context)) {
            if (topic == null) {
                listGroups(gateway);
            } else {
                listLetters(gateway, topic);
            }
        }
        return ExitCode.SUCCESS;
    }

    private void listGroups(GatewayCalls gateway) {
        var groups = gateway.ask(client -> client.deadLetters().groups()).stream()
                .filter(group -> state.equals(ALL) || group.counts().of(state) > 0)
                .toList();
        if (groups.isEmpty()) {
            context.printLine(state.equals(ALL) ? "There are no dead letters." : "No dead letter is " + state + ".");
        }
        groups.forEach(this::print);
    }

    private void print(DeadLetterGroup group) {
        var counts = group.counts();
        context.printLine("%s  %s  %s".formatted(group.topic(), group.pipeline(), group.code()));
        context.printLine("  %,d open, %,d redriven, %,d mended, %,d discarded, %,d expired"
                .formatted(counts.open(), counts.redriven(), counts.mended(), counts.discarded(), counts.expired()));
        context.printLine("  from %s to %s%s"
                .formatted(
                        WholeSecond.of(group.oldest()),
                        WholeSecond.of(group.newest()),
                        group.lastHour() == 0
                                ? ", none within the last hour"
                                : ", %,d within the last hour".formatted(group.lastHour())));
        var sample = group.sample();
        context.printLine("  such as %s".formatted(sample.id()) + LetterText.keyAndMessage(sample, LONGEST_MESSAGE));
    }

    private void listLetters(GatewayCalls gateway, String topic) {
        var pages = new LetterPages(gateway::ask, topic, filter.filter(), state.equals(ALL) ? "" : state);
        var shown = pages.forEach(limit, this::print);
        if (shown == 0) {
            context.printLine("There is no such letter in %s.".formatted(topic));
        } else if (pages.hasMore()) {
            context.err().println("There are more: --limit shows them, --code, --key and --since choose among them.");
        }
    }

    private void print(DeadLetter letter) {
        context.printLine("%-10s  %-9s  %s  %s%s"
                .formatted(
                        letter.id(),
                        letter.state(),
                        WholeSecond.of(letter.failedAt()),
                        letter.code(),
                        LetterText.keyAndMessage(letter, LONGEST_MESSAGE)));
    }
}
