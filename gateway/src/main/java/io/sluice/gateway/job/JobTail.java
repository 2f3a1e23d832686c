package io.sluice.gateway.job;

import io.sluice.runtime.Decoded;
import io.sluice.runtime.JsonCodec;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of jobs.v1 onto the board, from its beginning and ever after, so that this instance answers for any job. It
 * belongs to no group: every instance reads everything.
 */
@Singleton
public final class JobTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final String topic;
    private final JsonCodec codec;
    private final JobBoard board;
    /** Kept when the consumer has to be made anew: reading history twice would show jobs in states long past. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "job-tail");
    private volatile @Nullable Consumer<byte[], byte[]> open;

    JobTail(KafkaSettings settings, TopicNames names, JsonCodec codec, JobBoard board) {
        this.settings = settings;
        this.topic = names.of(Topics.JOBS);
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

    boolean isRunning() {
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
                LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("job tail interrupted, starting again");
                isStopping(BACKOFF);
            } finally {
                open = null;
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        positions.forEach(consumer::seek);
        var ends = consumer.endOffsets(partitions);
        while (!isStopping(Duration.ZERO)) {
            if (!isCaughtUp()
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
            for (var seen : consumer.poll(POLL)) {
                positions.put(new TopicPartition(seen.topic(), seen.partition()), seen.offset() + 1);
                if (seen.value() != null) {
                    show(seen.value(), seen.offset());
                }
            }
        }
    }

    private void show(byte[] value, long offset) {
        switch (codec.decode(Job.class, value)) {
            case Decoded.Intact<Job>(var job) -> board.update(job);
            case Decoded.Unreadable<Job>(var failure) ->
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("offset", offset)
                        .addKeyValue("code", failure.code().name())
                        .log("unreadable job passed over");
        }
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
    @PreDestroy
    public void close() {
        stopping.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
