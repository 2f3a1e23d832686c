package io.sluice.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        description = {
            "Write records to a topic.",
            "Each line has a key, a tab and a value, or is a JSON object whose id (product_id, ...) is the key."
        },
        mixinStandardHelpOptions = true)
final class SendToTopic implements Callable<ExitCode> {
    /** How the partition follows from the key: as in Java's client, or as in librdkafka. */
    enum Partitioner {
        murmur2,
        crc32,
    }

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the topic's full name")
    private String topic = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            description = "the file with the lines; - is standard input")
    private String file = "-";

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "send one record with this key; the whole input is its value")
    private @Nullable String key;

    @Option(names = "--null", description = "with --key: send a null value, which deletes the key")
    private boolean tombstone;

    @Option(names = "--separator", paramLabel = "S", description = "between key and value, instead of a tab")
    private String separator = "\t";

    @Option(
            names = "--partitioner",
            description = "${COMPLETION-CANDIDATES}: as in Java's client (default), or as in kcat and librdkafka")
    private Partitioner partitioner = Partitioner.murmur2;

    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    SendToTopic(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        if (tombstone && key == null) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--null needs a --key");
        }
        var brokers = new Brokers(context);
        brokers.requireTopic(topic);
        try (var producer = brokers.producer()) {
            var sent = key == null ? sendLines(producer) : sendOne(producer, key);
            producer.flush();
            var problem = refused.get();
            if (problem != null) {
                throw brokers.failure(problem);
            }
            context.out().printf("Sent %d %s to %s.%n", sent, sent == 1 ? "record" : "records", topic);
            return ExitCode.SUCCESS;
        } catch (KafkaException e) {
            throw brokers.failure(e);
        }
    }

    private long sendOne(KafkaProducer<byte[], byte[]> producer, String key) throws IOException {
        if (tombstone) {
            send(producer, key, null);
        } else {
            try (var in = input()) {
                send(producer, key, in.readAllBytes());
            }
        }
        return 1;
    }

    private long sendLines(KafkaProducer<byte[], byte[]> producer) throws IOException {
        var number = 0;
        var sent = 0L;
        try (var lines = new BufferedReader(new InputStreamReader(input(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                var at = number;
                var record = KeyedValue.parse(line, separator).orElseThrow(() -> noKey(at));
                send(producer, record.key(), record.value().getBytes(UTF_8));
                sent++;
            }
        }
        return sent;
    }

    private static CommandFailedException noKey(int line) {
        return new CommandFailedException(
                "line %d has no key: it has neither a separator nor an id in JSON; the lines before it were sent"
                        .formatted(line));
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String key, byte @Nullable [] value) {
        var bytes = key.getBytes(UTF_8);
        var partition = partition(producer, bytes);
        var _ = producer.send(new ProducerRecord<>(topic, partition, bytes, value), (position, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
    }

    /** Returns the partition of a key; null leaves it to the producer, which uses murmur2. librdkafka uses CRC-32. */
    private @Nullable Integer partition(KafkaProducer<byte[], byte[]> producer, byte[] key) {
        return switch (partitioner) {
            case murmur2 -> null;
            case crc32 -> {
                var crc = new CRC32();
                crc.update(key);
                yield (int) (crc.getValue() % producer.partitionsFor(topic).size());
            }
        };
    }

    private InputStream input() throws IOException {
        if (file.equals("-")) {
            return context.in();
        }
        var path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new CommandFailedException(file + " is not a file");
        }
        return Files.newInputStream(path);
    }
}
