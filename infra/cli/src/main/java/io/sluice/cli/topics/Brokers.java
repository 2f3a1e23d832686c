package io.sluice.cli.topics;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients for verbs: bytes in and out, short timeouts, and one line for a problem. */
final class Brokers {
    private static final int PATIENCE_MS = 10_000;

    private final Map<String, Object> settings;

    Brokers(CommandContext context) {
        settings = context.kafka();
    }

    Admin admin() {
        return open(
                () -> Admin.create(with(Map.of("default.api.timeout.ms", PATIENCE_MS, "request.timeout.ms", 5_000))));
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        var own = Map.<String, Object>of(
                "default.api.timeout.ms", PATIENCE_MS, "enable.auto.commit", false, "auto.offset.reset", "none");
        return open(() -> new KafkaConsumer<>(with(own), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    KafkaProducer<byte[], byte[]> producer() {
        var own = Map.<String, Object>of(
                "acks",
                "all",
                "max.block.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                2 * PATIENCE_MS,
                "linger.ms",
                5);
        return open(() -> new KafkaProducer<>(with(own), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** Makes the verb fail when a topic does not exist: a producer would wait until it is created. */
    void requireTopic(String topic) throws InterruptedException {
        try (var admin = admin()) {
            if (!answer(admin.listTopics().names()).contains(topic)) {
                throw noSuchTopic(topic);
            }
        }
    }

    static CommandFailedException noSuchTopic(String topic) {
        return new CommandFailedException(
                "There is no topic '%s'; ./sluice topics list shows all topics".formatted(topic));
    }

    /** Waits for an answer of the brokers. */
    <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** {@return a failure of the verb, with one line for a person} */
    CommandFailedException failure(Throwable thrown) {
        return new CommandFailedException(
                switch (thrown) {
                    case UnknownTopicOrPartitionException e ->
                        "there is no such topic at " + settings.get("bootstrap.servers");
                    case TimeoutException e ->
                        "Kafka at %s does not answer: is it up, and is KAFKA_BOOTSTRAP_SERVERS right?"
                                .formatted(settings.get("bootstrap.servers"));
                    default -> "Kafka at %s: %s".formatted(settings.get("bootstrap.servers"), thrown.getMessage());
                });
    }

    private Map<String, Object> with(Map<String, Object> own) {
        var all = new TreeMap<>(own);
        all.putAll(settings); // settings of the environment win
        return all;
    }

    private interface Opening<T> {
        T open();
    }

    private <T> T open(Opening<T> opening) {
        try {
            return opening.open();
        } catch (KafkaException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }
}
