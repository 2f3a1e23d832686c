package io.sluice.cli.topics;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, reads and writes topics. */
@Command(
        name = "topics",
        description = "List, read and write topics, directly in Kafka (KAFKA_BOOTSTRAP_SERVERS).",
        mixinStandardHelpOptions = true)
public final class TopicsCommand {
    private TopicsCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new TopicsCommand())
                .addSubcommand(new ListTopics(context))
                .addSubcommand(new ReadTopic(context))
                .addSubcommand(new SendToTopic(context));
    }
}
