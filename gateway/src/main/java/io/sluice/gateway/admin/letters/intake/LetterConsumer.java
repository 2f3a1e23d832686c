package io.sluice.gateway.admin.letters.intake;

import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.ConsumerThread;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.stores.letters.FailedRecord;
import io.sluice.stores.letters.LetterArrivals;
import io.sluice.stores.letters.LetterArrivals.Passed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all dead-letter topics of the deployment, and job-events.v1, which says what has passed after a redrive. The
 * gateways are one consumer group. Offsets are committed after the rows, so nothing is skipped; a record that is read
 * twice is noted once. While Postgres is away, the consumer waits and reads the same records again.
 *
 * <p>One consumer reads both: what waits for Postgres waits together, and a letter is noted before the news about it.
 */
@Singleton
public final class LetterConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterConsumer.class);
    private static final String GROUP = "sluice-dead-letters";
    private static final String WORK = "dead-letters";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    /** After kill -9 the group waits this long for the reader that is gone. */
    private static final int SESSION_MS = 10_000;
    /** New topics are found within this time. */
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(2);

    private static final int BATCH = 500;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private final Pattern topics;
    private final String jobEvents;
    private final String group;
    private final LetterReader letters;
    private final PassedReader passed;
    private final LetterArrivals arrivals;
    private final MendedJobs mendedJobs;
    private final ConsumerThread thread;
    private boolean isPostgresAway;

    LetterConsumer(
            Consumers consumers,
            TopicNames names,
            LetterTopics topics,
            LetterReader letters,
            PassedReader passed,
            LetterArrivals arrivals,
            MendedJobs mendedJobs) {
        this.jobEvents = names.of(Topics.JOB_EVENTS);
        this.topics = Pattern.compile(topics.pattern() + "|" + Pattern.quote(jobEvents));
        this.group = names.group(GROUP);
        this.letters = letters;
        this.passed = passed;
        this.arrivals = arrivals;
        this.mendedJobs = mendedJobs;
        this.thread = new ConsumerThread(WORK, () -> consumers.create(spec()), this::read);
    }

    /** Begins to read, without waiting for Kafka or Postgres. */
    public void begin() {
        thread.start();
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        consumer.subscribe(topics);
        while (!thread.isStopping()) {
            take(consumer, poll(consumer));
        }
    }

    /** While Postgres is away, waits first, and polls meanwhile, so that this consumer stays in its group. */
    private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer) {
        if (isPostgresAway) {
            consumer.pause(consumer.assignment());
            var ofNewPartitions = consumer.poll(BACKOFF);
            consumer.resume(consumer.paused());
            if (!ofNewPartitions.isEmpty()) {
                return ofNewPartitions;
            }
        }
        return consumer.poll(POLL);
    }

    private void take(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            note(messages);
            isPostgresAway = false;
        } catch (RuntimeException e) {
            if (!isPostgresAway) {
                LOG.atWarn().setCause(e).log("dead letters wait: they cannot be noted");
            }
            isPostgresAway = true;
            for (var partition : messages.partitions()) {
                consumer.seek(partition, messages.records(partition).getFirst().offset());
            }
            return;
        }
        commit(consumer, messages);
    }

    private void note(ConsumerRecords<byte[], byte[]> messages) {
        List<FailedRecord> failed = new ArrayList<>();
        List<Passed> good = new ArrayList<>();
        for (var message : messages) {
            if (message.topic().equals(jobEvents)) {
                passed.read(message).ifPresent(good::add);
            } else {
                failed.add(letters.read(message));
            }
        }
        arrivals.add(failed, good);
        good.forEach(mendedJobs::end);
    }

    private static void commit(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> messages) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (var partition : messages.partitions()) {
            next.put(
                    partition,
                    new OffsetAndMetadata(messages.records(partition).getLast().offset() + 1));
        }
        try {
            consumer.commitSync(next);
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not committed: the group is being rebalanced");
        }
    }

    private ConsumerSpec spec() {
        return new ConsumerSpec(
                WORK,
                WORK,
                Map.of(
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        Math.toIntExact(LOOK_FOR_TOPICS.toMillis()),
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        SESSION_MS,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        BATCH,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false));
    }

    @Override
    @PreDestroy
    public void close() {
        thread.close();
    }
}
