package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
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
     * @param instances how many processes are in it
     */
    public record Standing(Map<String, Long> lag, int instances) {}

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
            var done = orEmpty(committed.partitionsToOffsetAndMetadata(group));
            var lag = new HashMap<String, Long>();
            for (var topic : topics) {
                var own = partitions.get(topic);
                if (own != null) {
                    lag.put(
                            topic,
                            own.stream()
                                    .mapToLong(partition ->
                                            Math.max(0, end(ends, partition) - position(done, beginnings, partition)))
                                    .sum());
                }
            }
            found.put(
                    group,
                    new Standing(
                            Map.copyOf(lag), instances(members.describedGroups().get(group))));
        });
        return found;
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

    private int instances(@Nullable KafkaFuture<ConsumerGroupDescription> group) {
        try {
            return group == null
                    ? 0
                    : Math.toIntExact(get(group).members().stream()
                            .filter(member -> member.clientId().endsWith(FIRST_THREAD))
                            .count());
        } catch (GroupIdNotFoundException e) {
            return 0;
        }
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
