package io.sluice.jobs.events;

import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.Waiting;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ConsumerThread;
import io.sluice.schemas.job.JobEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads job-events.v1 and folds its events onto the board. Every instance reads all partitions, starting where the
 * tracker has committed. So each instance knows every job and every step at once, also while gateways start and stop,
 * when the tracker can take some seconds to fold them.
 */
public final class JobEventTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobEventTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final JsonCodec codec;
    private final JobBoard board;
    /** Where a new consumer continues to read. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final ConsumerThread thread;

    /**
     * Makes a tail that does not read yet.
     *
     * @param consumers makes a consumer with the tracker's group id; it reads the commits of that group and never joins
     *     it
     * @param topic the name of job-events.v1 in this deployment
     */
    public JobEventTail(Supplier<Consumer<byte[], byte[]>> consumers, String topic, JsonCodec codec, JobBoard board) {
        this.consumers = consumers;
        this.topic = topic;
        this.codec = codec;
        this.board = board;
        this.thread = new ConsumerThread("job-events", consumers, this::follow);
    }

    /**
     * Reads the offsets that the tracker has committed. Events before them are folded: they are in the store if the
     * store is read after this call. {@link #start} reads the events after them.
     *
     * @throws KafkaException when Kafka does not answer
     */
    public void locate() {
        try (var consumer = consumers.get()) {
            var partitions = partitions(consumer);
            var committed = consumer.committed(Set.copyOf(partitions));
            var beginnings = consumer.beginningOffsets(partitions);
            for (var partition : partitions) {
                var folded = committed.get(partition);
                positions.put(partition, folded == null ? beginnings.get(partition) : folded.offset());
            }
        }
    }

    /** Starts to read, from the offsets that {@link #locate} found. */
    public void start() {
        thread.start();
    }

    /** {@return whether the tail is running, and has read every event that existed when it started} */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0 && thread.isAlive();
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        consumer.assign(positions.keySet());
        positions.forEach(consumer::seek);
        var ends = consumer.endOffsets(consumer.assignment());
        while (!thread.isStopping()) {
            if (caughtUp.getCount() > 0 && isAt(consumer, ends)) {
                caughtUp.countDown();
            }
            for (var message : consumer.poll(POLL)) {
                positions.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
                read(message);
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        try {
            // a topic that was created a moment ago may be unknown to the broker that is asked
            if (!Waiting.until(() -> !consumer.partitionsFor(topic).isEmpty(), LOOK, PATIENCE)) {
                throw new UnknownTopicOrPartitionException("no partitions of " + topic);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static boolean isAt(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void read(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return;
        }
        switch (codec.decode(JobEvent.class, message.value())) {
            case Decoded.Intact<JobEvent>(var event) -> board.apply(event);
            case Decoded.Unreadable<JobEvent>(var failure) ->
                LOG.atWarn()
                        .addKeyValue("topic", message.topic())
                        .addKeyValue("offset", message.offset())
                        .addKeyValue("code", failure.code().name())
                        .log("skipped an unreadable record");
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
