package io.sluice.gateway.admin.letters.record;

import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.stores.OnDemand;
import io.sluice.stores.letters.LetterId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds the records of letters in their topics. Requests share one consumer, which is made for the first of them. */
@Singleton
public final class LetterRecords implements AutoCloseable {
    private final Consumers consumers;
    private final LetterTopics topics;
    private final ReentrantLock one = new ReentrantLock();
    private final OnDemand<RecordReader> shared = new OnDemand<>(() -> open("letters-read"), RecordReader::close);

    LetterRecords(Consumers consumers, LetterTopics topics) {
        this.consumers = consumers;
        this.topics = topics;
    }

    /** {@return the record; empty when the topic does not have it any more} */
    public Optional<ConsumerRecord<byte[], byte[]>> find(LetterId id) {
        one.lock();
        try {
            return find(shared.get(), id);
        } finally {
            one.unlock();
        }
    }

    /** {@return the record, read by this reader; empty when the topic does not have it any more} */
    public Optional<ConsumerRecord<byte[], byte[]>> find(RecordReader reader, LetterId id) {
        return reader.find(new TopicPartition(topics.full(id.topic()), id.partition()), id.offset());
    }

    /**
     * {@return a reader for one thread, which closes it}
     *
     * @param work a part of its client id
     */
    public RecordReader open(String work) {
        return new RecordReader(consumers.create(new ConsumerSpec(
                "dead-letters",
                work,
                // a broker holds back what it is asked for after the last record; a record before it is wanted at once
                Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10),
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false))));
    }

    @Override
    @PreDestroy
    public void close() {
        one.lock();
        try {
            shared.close();
        } finally {
            one.unlock();
        }
    }
}
