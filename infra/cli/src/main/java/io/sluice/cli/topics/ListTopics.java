package io.sluice.cli.topics;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "List all topics with their partitions and the number of offsets they span.",
        mixinStandardHelpOptions = true)
final class ListTopics implements Callable<ExitCode> {
    private final CommandContext context;

    ListTopics(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws InterruptedException {
        var brokers = new Brokers(context);
        try (var admin = brokers.admin()) {
            var names = brokers.answer(admin.listTopics().names());
            var topics =
                    new TreeMap<>(brokers.answer(admin.describeTopics(names).allTopicNames()));
            var first = offsets(brokers, admin, topics, OffsetSpec.earliest());
            var end = offsets(brokers, admin, topics, OffsetSpec.latest());
            topics.forEach((name, topic) -> context.out()
                    .printf(
                            "%-60s %3d partitions %10d offsets%n",
                            name, topic.partitions().size(), span(name, first, end)));
        }
        return ExitCode.SUCCESS;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Brokers brokers, Admin admin, Map<String, TopicDescription> topics, OffsetSpec which)
            throws InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        topics.forEach((name, topic) ->
                topic.partitions().forEach(part -> asked.put(new TopicPartition(name, part.partition()), which)));
        return brokers.answer(admin.listOffsets(asked).all());
    }

    /** Counts offsets, not records: compaction leaves gaps. */
    private static long span(
            String topic,
            Map<TopicPartition, ListOffsetsResultInfo> first,
            Map<TopicPartition, ListOffsetsResultInfo> end) {
        return end.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> {
                    var from = first.get(entry.getKey());
                    return entry.getValue().offset() - (from == null ? 0 : from.offset());
                })
                .sum();
    }
}
