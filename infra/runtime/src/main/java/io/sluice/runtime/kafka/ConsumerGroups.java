package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers how far consumer groups are behind, and how many instances they have. So it knows of a group whose
 * processes are all dead, too. Every call throws a {@link KafkaException} when the brokers do not answer in time.
 */
public final class ConsumerGroups {
    /** Each instance of a pipeline has one consumer for each thread, and the client id ends in the thread's number. */
    private static final String FIRST_THREAD = "-0";

    private final Admin admin;
    private final int timeout;

    /** @param patience how long each question to the brokers may take */
    public ConsumerGroups(Admin admin, Duration patience) {
        this.admin = admin;
        this.timeout = Math.toIntExact(patience.toMillis());
    }

    /**
     * Where a group is.
     *
     * @param lag how many offsets it has not committed, by topic; a topic that does not exist is missing
     * @param done the sum of the offsets that it has committed, by topic; tells how fast it is when it is asked twice
     * @param instances how many processes are in it
     */
    public record Standing(Map<String, Long> lag, Map<String, Long> done, int instances) {
        /** Where a group is that has neither topics nor members. */
        public static final Standing NOWHERE = new Standing(Map.of(), Map.of(), 0);
    }

    /** {@return the names of all topics} */
    public Set<String> topics() {
        return get(admin.listTopics(new ListTopicsOptions().timeoutMs(timeout)).names());
    }

    /** {@return where each group is, by its id; for the topics that are given with it} */
    public Map<String, Standing> standings(Map<String, Set<String>> topicsByGroup) {
        var members = admin.describeConsumerGroups(
                topicsByGroup.keySet(), new DescribeConsumerGroupsOptions().timeoutMs(timeout));
        var committed = admin.listConsumerGroupOffsets(
                topicsByGroup.keySet().stream()
                        .collect(toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec())),
                new ListConsumerGroupOffsetsOptions().timeoutMs(timeout));
        var partitions =
                partitions(topicsByGroup.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        var all = partitions.values().stream().flatMap(List::stream).toList();
        var ends = offsets(all, OffsetSpec.latest());
        var beginnings = offsets(all, OffsetSpec.earliest());
        var found = new HashMap<String, Standing>();
        topicsByGroup.forEach((group, topics) -> {
            var positions = orEmpty(committed.partitionsToOffsetAndMetadata(group));
            var lag = new HashMap<String, Long>();
            var done = new HashMap<String, Long>();
            for (var topic : topics) {
                for (var partition : partitions.getOrDefault(topic, List.of())) {
                    var position = position(positions, beginnings, partition);
                    lag.merge(topic, Math.max(0, end(ends, partition) - position), Long::sum);
                    done.merge(topic, position, Long::sum);
                }
            }
            found.put(
                    group,
                    new Standing(
                            Map.copyOf(lag),
                            Map.copyOf(done),
                            instances(members.describedGroups().get(group))));
        });
        return found;
    }

    /** {@return where each partition of a topic ends now; empty when there is no such topic} */
    public Map<TopicPartition, Long> ends(String topic) {
        return offsets(partitions(Set.of(topic)).getOrDefault(topic, List.of()), OffsetSpec.latest());
    }

    /** {@return whether the group has committed all records before these positions} */
    public boolean hasRead(String group, Map<TopicPartition, Long> positions) {
        var committed =
                orEmpty(admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(timeout))
                        .partitionsToOffsetAndMetadata());
        var beginnings = offsets(List.copyOf(positions.keySet()), OffsetSpec.earliest());
        return positions.entrySet().stream()
                .allMatch(end -> position(committed, beginnings, end.getKey()) >= end.getValue());
    }

    /**
     * {@return whether the group has committed every record of the topic that was written before this time; false when
     * the topic does not exist}
     */
    public boolean hasRead(String group, String topic, Instant before) {
        var ends = ends(topic);
        var since = offsets(List.copyOf(ends.keySet()), OffsetSpec.forTimestamp(before.toEpochMilli()));
        var positions = new HashMap<>(ends);
        since.forEach((partition, first) -> {
            if (first >= 0) { // negative: no record is as new as that
                positions.put(partition, first);
            }
        });
        return !positions.isEmpty() && hasRead(group, positions);
    }

    private static long end(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** A group that has committed nothing begins at the beginning. */
    private static long position(
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> beginnings,
            TopicPartition partition) {
        var done = committed.get(partition);
        return Math.max(done == null ? 0 : done.offset(), end(beginnings, partition));
    }

    /** {@return how many consumers are in the group: one for each thread of each process} */
    public int members(String group) {
        var described =
                admin.describeConsumerGroups(List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(timeout));
        return members(described.describedGroups().get(group)).size();
    }

    private Collection<MemberDescription> members(@Nullable KafkaFuture<ConsumerGroupDescription> group) {
        try {
            return group == null ? List.of() : get(group).members();
        } catch (GroupIdNotFoundException e) {
            return List.of();
        }
    }

    private int instances(@Nullable KafkaFuture<ConsumerGroupDescription> group) {
        return Math.toIntExact(members(group).stream()
                .filter(member -> member.clientId().endsWith(FIRST_THREAD))
                .count());
    }

    private static Map<TopicPartition, OffsetAndMetadata> orEmpty(
            KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed) {
        try {
            return get(committed);
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
    }

    private Map<String, List<TopicPartition>> partitions(Collection<String> topics) {
        var described = admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(timeout));
        var found = new HashMap<String, List<TopicPartition>>();
        described.topicNameValues().forEach((topic, future) -> {
            try {
                found.put(
                        topic,
                        get(future).partitions().stream()
                                .map(partition -> new TopicPartition(topic, partition.partition()))
                                .toList());
            } catch (UnknownTopicOrPartitionException e) {
                // no process has created it yet, so nothing waits in it
            }
        });
        return found;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
        var wanted = partitions.stream().collect(toMap(Function.identity(), partition -> spec));
        return get(admin.listOffsets(wanted, new ListOffsetsOptions().timeoutMs(timeout))
                        .all())
                .entrySet()
                .stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        offset -> Objects.requireNonNull(offset.getValue()).offset()));
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        }
    }
}
