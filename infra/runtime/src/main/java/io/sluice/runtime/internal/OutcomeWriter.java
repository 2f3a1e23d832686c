package io.sluice.runtime.internal;

import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.PublishErrors;
import io.sluice.runtime.internal.Fate.Buried;
import io.sluice.runtime.internal.Fate.Finished;
import io.sluice.runtime.internal.Fate.Moved;
import io.sluice.runtime.internal.Work.Lane;
import io.sluice.runtime.kafka.KafkaWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes fates durable: emissions, moves and dead letters first, then, once the broker has them, the job events that tell
 * of them. So a job is never said to be further than its record, whatever crashes in between.
 */
final class OutcomeWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);

    private final KafkaWriter writer;
    private final DeadLetters deadLetters;
    private final JobReports jobs;

    OutcomeWriter(KafkaWriter writer, DeadLetters deadLetters, JobReports jobs) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.jobs = jobs;
    }

    /** What writing a fate came to. */
    sealed interface Written {
        /** Every in-sync replica has all of it. */
        record Durable() implements Written {}

        /** The broker will never take it. */
        record Refused(Fatal failure) implements Written {}

        /** Some of it may be there, some not: it is to be written again. */
        record NotYet(Throwable cause) implements Written {}
    }

    /**
     * Writes the fates of these works and waits for the acks.
     *
     * @param decided each partition in order
     * @return what came of each
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

    /** Tells a job that its record is tried again; it is not waited for, and lost when Kafka is away. */
    void reportRetry(Work work, Failure failure) {
        jobs.retrying(work.envelope(), failure).ifPresent(report -> {
            var unused = writer.write(report).exceptionally(thrown -> {
                LOG.atDebug().setCause(thrown).log("a job does not hear that its record is tried again");
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
            case Moved(var partition) ->
                List.of(new ProducerRecord<>(
                        message.topic(),
                        partition,
                        message.timestamp(),
                        message.key(),
                        message.value(),
                        message.headers()));
            case Buried buried -> List.of(deadLetters.letter(work, buried));
        };
    }

    /** Once one write fails at once, Kafka is away, and the others would only wait in turn to learn it. */
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

    /** A record that follows one of its key which has yet to be written is written again after it. */
    private static Map<Work, Written> keepLanesInOrder(Map<Work, Written> written) {
        var broken = new HashSet<Lane>();
        written.replaceAll((work, result) -> {
            var lane = work.lane();
            if (result instanceof Written.NotYet) {
                lane.ifPresent(broken::add);
            } else if (lane.filter(broken::contains).isPresent()) {
                return new Written.NotYet(new IllegalStateException("the one before it is not written"));
            }
            return result;
        });
        return written;
    }
}
