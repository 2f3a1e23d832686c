package io.sluice.cli.topics;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, reads and writes topics without any other tool. */
@Command(
        name = "topics",
        description = "List topics, read them, write to them: straight at Kafka (KAFKA_BOOTSTRAP_SERVERS).",
        mixinStandardHelpOptions = true)
public final class TopicsCommand {
    private TopicsCommand() {}

    /** {@return the verb with its own verbs} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new TopicsCommand())
                .addSubcommand(new ListTopics(context))
                .addSubcommand(new ReadTopic(context))
                .addSubcommand(new SendToTopic(context));
    }
}
