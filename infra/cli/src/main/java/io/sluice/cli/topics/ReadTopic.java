package io.sluice.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "read",
        description = "Print records of a topic; by default the last 10.",
        mixinStandardHelpOptions = true)
final class ReadTopic implements Callable<ExitCode> {
    private static final Duration POLL = Duration.ofMillis(200);

    private final CommandContext context;

    @Parameters(paramLabel = "TOPIC", description = "the topic's full name")
    private String topic = "";

    /** The first record: one of two options. */
    static final class Start {
        @Option(names = "--from-beginning", required = true, description = "every record")
        boolean beginning;

        @Option(
                names = "--last",
                required = true,
                paramLabel = "N",
                description = "the last N records, over all partitions")
        int last = 10;
    }

    @ArgGroup
    private Start start = new Start();

    @Option(names = "--key", paramLabel = "K", description = "only records with this key")
    private @Nullable String key;

    @Option(names = "--follow", description = "print new records as they arrive, until Ctrl-C")
    private boolean follow;

    @Option(names = "--json", description = "one JSON object per record")
    private boolean json;

    ReadTopic(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var brokers = new Brokers(context);
        try (var consumer = brokers.consumer()) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, ends);
            readUntil(consumer, ends);
            while (follow && !context.out().checkError()) {
                consumer.poll(POLL).forEach(this::printIfWanted);
            }
            return ExitCode.SUCCESS;
        } catch (KafkaException e) {
            throw brokers.failure(e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        var known = consumer.listTopics().get(topic);
        if (known == null) {
            throw Brokers.noSuchTopic(topic);
        }
        return known.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Moves to the first record needed: for {@code --last N} without a key, the last N of each partition are enough. */
    private void seek(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        var begin = consumer.beginningOffsets(partitions);
        for (var partition : partitions) {
            var first = begin.getOrDefault(partition, 0L);
            var end = ends.getOrDefault(partition, first);
            consumer.seek(partition, start.beginning || key != null ? first : Math.max(first, end - start.last));
        }
    }

    /** Prints the records that the topic had at the start: all of them, or the last ones by time. */
    private void readUntil(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        var newest = new ArrayDeque<ConsumerRecord<byte[], byte[]>>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                if (start.beginning) {
                    printIfWanted(record);
                } else if (isWanted(record)) {
                    newest.add(record);
                }
            }
        }
        newest.stream()
                .sorted((a, b) -> Long.compare(a.timestamp(), b.timestamp()))
                .skip(Math.max(0, newest.size() - (long) start.last))
                .forEach(this::print);
    }

    private void printIfWanted(ConsumerRecord<byte[], byte[]> record) {
        if (isWanted(record)) {
            print(record);
        }
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        return key == null || Arrays.equals(key.getBytes(UTF_8), record.key());
    }

    private void print(ConsumerRecord<byte[], byte[]> record) {
        var lines = json ? List.of(RecordText.json(record)) : RecordText.lines(record);
        lines.forEach(context::printLine);
    }
}
