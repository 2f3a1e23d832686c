package io.sluice.runtime.engine;

import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.PublishErrors;
import io.sluice.runtime.engine.Fate.Buried;
import io.sluice.runtime.engine.Fate.Delayed;
import io.sluice.runtime.engine.Fate.Finished;
import io.sluice.runtime.engine.Fate.Moved;
import io.sluice.runtime.engine.Work.Lane;
import io.sluice.runtime.kafka.KafkaWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes fates to Kafka. Emissions, moves, retries and dead letters are written first. Once the broker has acked them, the job
 * events about them are written. So a crash in between never leaves a job that says more than was done.
 */
final class OutcomeWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);

    private final KafkaWriter writer;
    private final DeadLetters deadLetters;
    private final JobReports jobs;
    private final boolean movesRecords;

    OutcomeWriter(KafkaWriter writer, DeadLetters deadLetters, JobReports jobs, boolean movesRecords) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.jobs = jobs;
        this.movesRecords = movesRecords;
    }

    /** The result of writing one fate. */
    sealed interface Written {
        /** Every in-sync replica has all of it. */
        record Durable() implements Written {}

        /** The broker will never accept it. */
        record Refused(Fatal failure) implements Written {}

        /** Some of its records may be written, others not: it must be written again. */
        record NotYet(Throwable cause) implements Written {}
    }

    /**
     * Writes the fates of these works and waits for the acks.
     *
     * @param decided each partition in order
     * @return the result for each work
     */
    Map<Work, Written> write(Map<Work, Fate> decided) throws InterruptedException {
        var written = keepLanesInOrder(writeAll(decided, this::consequences));
        var durable = new LinkedHashMap<Work, Fate>();
        decided.forEach((work, fate) -> {
            if (written.get(work) instanceof Written.Durable) {
                durable.put(work, fate);
            }
        });
        written.putAll(writeAll(
                durable, (work, fate) -> jobs.of(work.envelope(), fate).stream().toList()));
        return written;
    }

    /**
     * Tells a job that its record is tried again. Does not wait for the ack; the event is lost when Kafka does not
     * answer.
     *
     * @param nextAttemptAt null when that is not known
     */
    void reportRetry(Work work, Failure failure, @Nullable Instant nextAttemptAt) {
        jobs.retrying(work.envelope(), failure, nextAttemptAt).ifPresent(report -> {
            var unused = writer.write(report).exceptionally(thrown -> {
                LOG.atDebug().setCause(thrown).log("the event that a record is tried again was not written");
                return new Position(-1, -1);
            });
        });
    }

    private interface Messages {
        List<ProducerRecord<byte[], byte[]>> of(Work work, Fate fate);
    }

    private List<ProducerRecord<byte[], byte[]>> consequences(Work work, Fate fate) {
        var message = work.message();
        return switch (fate) {
            case Finished(var emissions, var status) -> emissions;
            case Moved(var partition) -> movesRecords ? List.of(copy(message, partition)) : List.of();
            case Delayed delayed -> List.of(deadLetters.retry(work, delayed));
            case Buried buried -> List.of(deadLetters.letter(work, buried));
        };
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> message, int partition) {
        return new ProducerRecord<>(
                message.topic(), partition, message.timestamp(), message.key(), message.value(), message.headers());
    }

    /**
     * Stops sending when a write fails at once: Kafka does not answer then, and each further write would only wait for
     * its timeout.
     */
    private Map<Work, Written> writeAll(Map<Work, Fate> decided, Messages messages) throws InterruptedException {
        var acks = new LinkedHashMap<Work, List<CompletableFuture<Position>>>();
        for (var entry : decided.entrySet()) {
            var sent = new ArrayList<CompletableFuture<Position>>();
            for (var message : messages.of(entry.getKey(), entry.getValue())) {
                sent.add(writer.write(message));
            }
            acks.put(entry.getKey(), sent);
            if (sent.stream().anyMatch(ack -> ack.isCompletedExceptionally() && !isRefused(ack))) {
                break;
            }
        }
        var written = new LinkedHashMap<Work, Written>();
        for (var work : decided.keySet()) {
            var sent = acks.get(work);
            written.put(work, sent == null ? new Written.NotYet(new IllegalStateException("not sent")) : await(sent));
        }
        return written;
    }

    private static boolean isRefused(CompletableFuture<?> ack) {
        return PublishErrors.of(ack.exceptionNow()) instanceof Fatal;
    }

    private static Written await(List<CompletableFuture<Position>> acks) throws InterruptedException {
        for (var ack : acks) {
            try {
                ack.get();
            } catch (ExecutionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                return PublishErrors.of(cause) instanceof Fatal refused
                        ? new Written.Refused(refused)
                        : new Written.NotYet(cause);
            }
        }
        return new Written.Durable();
    }

    /** When an earlier record of the same key must be written again, the later ones are written again after it. */
    private static Map<Work, Written> keepLanesInOrder(Map<Work, Written> written) {
        var broken = new HashSet<Lane>();
        written.replaceAll((work, result) -> {
            var lane = work.lane();
            if (result instanceof Written.NotYet) {
                lane.ifPresent(broken::add);
            } else if (lane.filter(broken::contains).isPresent()) {
                return new Written.NotYet(new IllegalStateException("an earlier record of its key is not written"));
            }
            return result;
        });
        return written;
    }
}
