package io.sluice.testkit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Pipeline;
import io.sluice.schemas.Topic;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A guarantee of the runtime. It is checked from the records on the broker, after whatever crashes, rebalances and
 * faults a test has made. For pipelines that read a canonical topic and emit one record with the same key for each
 * record.
 */
public enum Guarantee {
    /** Every record was emitted or is among the dead letters, and no other record was emitted. */
    NOTHING_LOST {
        @Override
        void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
            assertThat(outcomes(lab, pipeline, target))
                    .isEqualTo(lab.read(pipeline.source().topic()).stream()
                            .map(Guarantee::source)
                            .collect(toSet()));
        }
    },
    /**
     * Without repetitions, the records of a key were emitted in the order in which they were read. The newest one is
     * last, so compaction keeps it. For pipelines that try records again in place.
     */
    IN_ORDER_PER_KEY {
        @Override
        void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
            Map<ByteBuffer, List<Long>> versions = lab.read(target).stream()
                    .map(Guarantee::emitted)
                    .collect(groupingBy(Entity::key, mapping(Entity::version, toList())));
            assertThat(versions).isNotEmpty().allSatisfy((key, found) -> {
                var first = found.stream().distinct().toList();
                assertThat(first).isSorted();
                assertThat(found.getLast()).isEqualTo(first.getLast());
            });
        }
    },
    /**
     * Every committed record was emitted, waits in a retry topic, or is among the dead letters. This holds at any time,
     * so a test can check it in the middle of a run.
     */
    OFFSETS_BEHIND_OUTCOMES {
        @Override
        void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
            var committed = lab.kafka().committed(lab.names().group(pipeline.group()));
            var outcomes = new HashSet<>(outcomes(lab, pipeline, target));
            pipeline.retry().tiers().stream()
                    .flatMap(tier -> lab.retries(pipeline, tier.name()).stream())
                    .forEach(waiting -> outcomes.add(emitted(waiting)));
            assertThat(lab.read(pipeline.source().topic()))
                    .as("committed records that were neither emitted nor given up")
                    .filteredOn(message -> {
                        var at = committed.get(new TopicPartition(message.topic(), message.partition()));
                        return at != null && message.offset() < at.offset() && !outcomes.contains(source(message));
                    })
                    .isEmpty();
        }
    };

    /** A version of an entity; the record that is read and the record that is emitted have the same. */
    private record Entity(ByteBuffer key, long version) {}

    /**
     * Checks the guarantee. It may miss records that are written to the source while it reads.
     *
     * @param target the topic that the pipeline emits to
     */
    abstract void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target);

    /** Checks every guarantee, at the end of a run. */
    public static void checkAll(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
        for (var guarantee : values()) {
            guarantee.check(lab, pipeline, target);
        }
    }

    private static Set<Entity> outcomes(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
        return Stream.concat(lab.read(target).stream(), lab.deadLetters(pipeline).stream())
                .map(Guarantee::emitted)
                .collect(toSet());
    }

    private static Entity source(ConsumerRecord<byte[], byte[]> message) {
        return new Entity(ByteBuffer.wrap(message.key()), EntityVersion.of(1, message.offset()));
    }

    private static Entity emitted(ConsumerRecord<byte[], byte[]> message) {
        return new Entity(
                ByteBuffer.wrap(message.key()),
                Long.parseLong(String.valueOf(TestKafka.header(message, Headers.ENTITY_VERSION))));
    }
}
