package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Finds, shows, mends, sends back and discards dead letters. */
@Command(
        name = "dead-letters",
        description = "Find records that a processor gave up; mend them, send them back, or discard them. For admins.",
        footer = {
            "A TOPIC is a dead-letter topic, such as products.v1.embedder.dlq. An ID is its partition and offset: 0-41.",
            "docs/operations/dead-letters.md says what to do, step by step."
        },
        mixinStandardHelpOptions = true)
public final class DeadLettersCommand {
    private DeadLettersCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListLetters(context))
                .addSubcommand(new ShowLetter(context))
                .addSubcommand(new RedriveLetters(context))
                .addSubcommand(new EditLetter(context))
                .addSubcommand(new DiscardLetters(context))
                .addSubcommand(new ExportLetters(context));
    }
}
