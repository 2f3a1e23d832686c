package io.sluice.gateway.admin.letters.upkeep;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.BeanProvider;
import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.stores.letters.LetterChanges;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterTable;
import io.sluice.stores.letters.LetterTable.OldestOpen;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the open letters whose records their topics have deleted, and announces those that will be deleted soon. Before,
 * it discards those whose photos or selfies are deleted. How long a topic keeps its records, the topic itself says.
 */
@Singleton
final class LetterExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(LetterExpiry.class);
    /** Long enough for a weekend. */
    static final Duration NOTICE = Duration.ofDays(3);
    /** What was done with letters is kept longer than any record. */
    private static final Duration KEPT = Duration.ofDays(365);

    private static final Duration ANNOUNCE = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LetterTable letters;
    private final LetterChanges changes;
    private final LetterTopics topics;
    private final BeanProvider<AdminClient> admin;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicLong soon = new AtomicLong();
    private Instant announced = Instant.EPOCH;

    LetterExpiry(
            LetterTable letters,
            LetterChanges changes,
            LetterTopics topics,
            BeanProvider<AdminClient> admin,
            MeterRegistry meters,
            Clock clock) {
        this.letters = letters;
        this.changes = changes;
        this.topics = topics;
        this.admin = admin;
        this.meters = meters;
        this.clock = clock;
        meters.gauge("sluice.dead.letters.expiring", soon);
    }

    /** {@return how many open letters expire within {@link #NOTICE}} */
    long expiringSoon() {
        return soon.get();
    }

    /** Notes and announces. */
    void look() {
        changes.discardDeleted(clock.instant());
        var oldest = letters.oldestOpen();
        for (var partition : oldest) {
            expire(partition);
        }
        announce(oldest.stream().map(OldestOpen::topic).distinct().toList());
        changes.forget(clock.instant().minus(KEPT));
    }

    private void expire(OldestOpen oldest) {
        var partition = new TopicPartition(topics.full(oldest.topic()), oldest.partition());
        var first = ask(admin.get()
                .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition));
        if (first.isPresent() && first.get().offset() > oldest.offset()) {
            var id =
                    new LetterId(oldest.topic(), oldest.partition(), first.get().offset());
            changes.expire(id, clock.instant()).forEach((pipeline, count) -> {
                meters.counter("sluice.dead.letters.expired", "pipeline", pipeline)
                        .increment(count);
                LOG.atWarn()
                        .addKeyValue("topic", oldest.topic())
                        .addKeyValue("pipeline", pipeline)
                        .addKeyValue("letters", count)
                        .log("open dead letters expired: their topic has deleted the records");
            });
        }
    }

    private void announce(List<String> names) {
        var now = clock.instant();
        var counts = new TreeMap<String, Long>();
        for (var name : names) {
            retention(name).ifPresent(kept -> {
                var count = letters.openBefore(name, now.minus(kept).plus(NOTICE));
                if (count > 0) {
                    counts.put(name, count);
                }
            });
        }
        soon.set(counts.values().stream().mapToLong(Long::longValue).sum());
        if (!counts.isEmpty() && !now.isBefore(announced.plus(ANNOUNCE))) {
            LOG.atWarn()
                    .addKeyValue("letters", counts)
                    .addKeyValue("within", NOTICE)
                    .log("open dead letters will expire soon: send them back or discard them");
            announced = now;
        }
    }

    /** {@return how long the topic keeps a record; empty when it keeps it for ever, or Kafka does not say} */
    private Optional<Duration> retention(String name) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.full(name));
        return Optional.ofNullable(
                        admin.get().describeConfigs(List.of(topic)).values().get(topic))
                .flatMap(LetterExpiry::ask)
                .map(config -> Long.parseLong(
                        config.get(TopicConfig.RETENTION_MS_CONFIG).value()))
                .filter(millis -> millis >= 0)
                .map(Duration::ofMillis);
    }

    private static <T> Optional<T> ask(KafkaFuture<T> future) {
        try {
            return Optional.of(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atDebug().setCause(e).log("Kafka did not say what dead-letter topics hold");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
