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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the runtime promises, checked from what is on the broker, whatever was killed, moved or disturbed on the way. For
 * pipelines from a canonical topic that emit one record under the same key for each record.
 */
public enum Guarantee {
    /** Every record came out, or is among the dead letters; nothing came out that never went in. */
    NOTHING_LOST {
        @Override
        void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
            assertThat(fates(lab, pipeline, target))
                    .isEqualTo(lab.read(pipeline.source().topic()).stream()
                            .map(Guarantee::source)
                            .collect(toSet()));
        }
    },
    /**
     * Leaving out repetitions, the records of a key came out in the order they went in; and the newest one is last, so
     * that compaction keeps it.
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
    /** No record is committed that has no fate; holds at any time, so it can be checked in the middle of a run. */
    OFFSETS_BEHIND_OUTCOMES {
        @Override
        void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
            var committed = lab.kafka().committed(lab.names().group(pipeline.group()));
            var fates = fates(lab, pipeline, target);
            assertThat(lab.read(pipeline.source().topic()))
                    .as("committed records without a fate")
                    .filteredOn(message -> {
                        var at = committed.get(new TopicPartition(message.topic(), message.partition()));
                        return at != null && message.offset() < at.offset() && !fates.contains(source(message));
                    })
                    .isEmpty();
        }
    };

    /** A version of an entity, the same on the way in and on the way out. */
    private record Entity(ByteBuffer key, long version) {}

    /**
     * Checks the promise; what was written to the source while this reads may be missed.
     *
     * @param target where the pipeline emits to
     */
    abstract void check(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target);

    /** Checks every promise at the end of a run. */
    public static void checkAll(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
        for (var guarantee : values()) {
            guarantee.check(lab, pipeline, target);
        }
    }

    private static Set<Entity> fates(PipelineLab lab, Pipeline<?> pipeline, Topic<?> target) {
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
