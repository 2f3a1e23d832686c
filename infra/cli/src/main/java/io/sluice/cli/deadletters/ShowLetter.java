package io.sluice.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.deadletters.DeadLetter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show one letter: why it failed, its headers, its value, and what was done with it.",
        mixinStandardHelpOptions = true)
final class ShowLetter implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "ID", description = "the letter's id")
    private String id = "";

    @Option(names = "--json", description = "print the gateway's answer, for programs")
    private boolean json;

    ShowLetter(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var letter = gateway.ask(client -> client.deadLetters().find(topic, id));
            if (json) {
                context.printJson(letter.body());
            } else {
                print(letter);
            }
        }
        return ExitCode.SUCCESS;
    }

    private void print(DeadLetter letter) {
        fact("letter", letter.id() + " of " + topic);
        fact("state", letter.state() + (letter.redrives() == 0 ? "" : ", sent back " + times(letter.redrives())));
        fact("failed", "%s, tried %s".formatted(WholeSecond.of(letter.failedAt()), times(letter.attempts())));
        fact("why", letter.code() + ": " + letter.message());
        fact("key", letter.key());
        fact("job", letter.jobId());
        letter.body().path("about").forEach(sentence -> context.printLine("  " + sentence.asText()));
        letter.body().path("headers").propertyStream().forEach(this::printHeader);
        printValue(letter.body());
        context.printLine("history");
        letter.body().path("history").forEach(this::printLine);
    }

    private void fact(String name, String text) {
        if (!text.isEmpty()) {
            context.printLine("%-8s %s".formatted(name, text));
        }
    }

    private static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }

    private void printHeader(Map.Entry<String, JsonNode> header) {
        context.printLine(
                "header   %s: %s".formatted(header.getKey(), header.getValue().asText()));
    }

    private void printValue(JsonNode letter) {
        if (letter.has("gone")) {
            fact("value", letter.path("gone").asText());
        } else if (letter.has("value_base64")) {
            fact("value", "is not JSON; as text and in base64:");
            context.printLine("  " + letter.path("text").asText());
            context.printLine("  " + letter.path("value_base64").asText());
        } else if (letter.path("value").isMissingNode() || letter.path("value").isNull()) {
            fact("value", "none: the record deletes its key");
        } else {
            context.printLine("value");
            context.printJson(letter.path("value"));
        }
    }

    private void printLine(JsonNode line) {
        var detail = line.path("detail").asText("");
        context.printLine("  %s  %s  %s%s"
                .formatted(
                        WholeSecond.of(line.path("at").asText()),
                        line.path("who").asText(),
                        line.path("what").asText(),
                        detail.isEmpty() ? "" : ": " + detail));
    }
}
