package io.sluice.jobs.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Decoded;
import io.sluice.runtime.JsonCodec;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Event;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of jobs.v1 onto the board, from its beginning and ever after, so that this instance answers for any job. It
 * belongs to no group: every instance reads everything.
 *
 * <p>It reads the latest of job-events.v1 too, only to know of jobs that the tracker has not folded yet: while instances
 * come and go that can take it some seconds, and a job just accepted must not be unknown meanwhile.
 */
public final class JobTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    /** Longer than any tracker is behind its work. */
    private static final Duration RECENT = Duration.ofHours(1);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final Clock clock;
    private final String jobs;
    private final String events;
    private final JsonCodec codec;
    private final JobBoard board;
    /** Kept when the consumer has to be made anew: reading history twice would show jobs in states long past. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "job-tail");
    private volatile @Nullable Consumer<byte[], byte[]> open;

    public JobTail(KafkaSettings settings, TopicNames names, JsonCodec codec, JobBoard board, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.jobs = names.of(Topics.JOBS);
        this.events = names.of(Topics.JOB_EVENTS);
        this.codec = codec;
        this.board = board;
    }

    /** Starts to read; the topic must be there. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return whether everything that was there at the start has been read} */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** {@return whether it reads} */
    public boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        while (!isStopping(Duration.ZERO)) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(consumerSettings())) {
                open = consumer;
                follow(consumer);
            } catch (WakeupException e) {
                LOG.atDebug().log("job tail woken to stop");
            } catch (KafkaException e) {
                LOG.atWarn().setCause(e).log("job tail interrupted, starting again");
                isStopping(BACKOFF);
            } finally {
                open = null;
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        var history = partitions(consumer, jobs);
        var latest = partitions(consumer, events);
        consumer.assign(Stream.concat(history.stream(), latest.stream()).toList());
        consumer.seekToBeginning(history);
        seekToRecent(consumer, latest);
        positions.forEach(consumer::seek);
        var ends = consumer.endOffsets(consumer.assignment());
        while (!isStopping(Duration.ZERO)) {
            if (!isCaughtUp() && isAt(consumer, ends)) {
                caughtUp.countDown();
            }
            for (var seen : consumer.poll(POLL)) {
                positions.put(new TopicPartition(seen.topic(), seen.partition()), seen.offset() + 1);
                if (seen.value() != null) {
                    show(seen, seen.value());
                } else if (seen.topic().equals(jobs) && seen.key() != null) {
                    board.remove(new String(seen.key(), UTF_8));
                }
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        var found = consumer.partitionsFor(topic);
        if (found.isEmpty()) {
            // made a moment ago, and this broker has not heard of it yet
            throw new UnknownTopicOrPartitionException("no partitions of " + topic);
        }
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void seekToRecent(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        var since = clock.instant().minus(RECENT).toEpochMilli();
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> since));
        consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private static boolean isAt(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void show(ConsumerRecord<byte[], byte[]> seen, byte[] value) {
        if (seen.topic().equals(jobs)) {
            read(Job.class, seen, value).ifPresent(board::update);
        } else {
            read(JobEvent.class, seen, value).ifPresent(board::apply);
        }
    }

    private <E extends Event> Optional<E> read(Class<E> type, ConsumerRecord<byte[], byte[]> seen, byte[] value) {
        return switch (codec.decode(type, value)) {
            case Decoded.Intact<E>(var event) -> Optional.of(event);
            case Decoded.Unreadable<E>(var failure) -> {
                LOG.atWarn()
                        .addKeyValue("topic", seen.topic())
                        .addKeyValue("offset", seen.offset())
                        .addKeyValue("code", failure.code().name())
                        .log("unreadable record passed over");
                yield Optional.empty();
            }
        };
    }

    private Map<String, Object> consumerSettings() {
        return settings.consumer(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1));
    }

    private boolean isStopping(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (!thread.isAlive()) {
            return; // or it never began
        }
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
