package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.deadletters.DeadLetter;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Write letters with their values, one JSON object a line, the newest first.",
            "Characters that a terminal or a spreadsheet would act on are written as escapes of JSON."
        },
        mixinStandardHelpOptions = true)
final class ExportLetters implements Callable<ExitCode> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final CommandContext context;
    private final ProgressLine progress;
    private long exported;

    @Parameters(paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "open, redriven, mended, discarded or expired; all by default")
    private String state = "";

    @Option(names = "--to", paramLabel = "FILE", description = "the file to write; by default standard output")
    private @Nullable Path file;

    ExportLetters(CommandContext context) {
        this.context = context;
        this.progress = new ProgressLine(context.err());
    }

    @Override
    public ExitCode call() throws IOException {
        try (var gateway = new PatientCalls(context, PATIENCE, progress::say)) {
            if (file == null) {
                export(gateway, context.out()::println);
            } else {
                exportTo(file.toAbsolutePath(), gateway);
            }
        }
        progress.clear();
        context.err().printf("exported %,d %s%n", exported, exported == 1 ? "letter" : "letters");
        return ExitCode.SUCCESS;
    }

    /** Writes the file as a whole, or not at all. */
    private void exportTo(Path target, PatientCalls gateway) throws IOException {
        var part = Files.createTempFile(target.getParent(), ".sluice-", ".part");
        try {
            try (var writer = Files.newBufferedWriter(part)) {
                export(gateway, line -> {
                    try {
                        writer.append(line).append('\n');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            throw new CommandFailedException("%s cannot be written (%s)".formatted(target, e.getCause()));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void export(PatientCalls gateway, Consumer<String> lines) {
        var pages = new LetterPages(gateway::ask, topic, filter.filter(), state.equals("all") ? "" : state);
        pages.forEach(Long.MAX_VALUE, letter -> {
            lines.accept(HarmlessJson.of(withValue(gateway, letter).body()));
            exported++;
            progress.show("letters", exported, 0, 0);
        });
    }

    /** Returns the letter with its value, or as the list has it when its topic has deleted it meanwhile. */
    private DeadLetter withValue(PatientCalls gateway, DeadLetter letter) {
        return switch (gateway.answer(client -> client.deadLetters().find(topic, letter.id()))) {
            case Success<DeadLetter>(var _, var whole) -> whole;
            case Refused<DeadLetter> refused -> {
                if (refused.status() == NOT_FOUND) {
                    yield letter;
                }
                throw gateway.failed(refused);
            }
        };
    }
}
