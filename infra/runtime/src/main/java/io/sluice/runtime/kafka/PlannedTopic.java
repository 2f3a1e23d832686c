package io.sluice.runtime.kafka;

import io.sluice.schemas.Topic;
import io.sluice.schemas.Topic.Cleanup.Compact;
import io.sluice.schemas.Topic.Cleanup.CompactAndDelete;
import io.sluice.schemas.Topic.Cleanup.Delete;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** A topic with the settings that it is to be created with. */
record PlannedTopic(String name, int partitions, short replicationFactor, Map<String, String> configs) {
    private static final Duration COMPACTION_LAG = Duration.ofHours(24);
    private static final Duration TOMBSTONES = Duration.ofDays(7);
    private static final Duration RETRIES = Duration.ofDays(30);
    private static final int RETRY_PARTITIONS = 3;
    private static final Duration BROADCAST_SEGMENTS = Duration.ofHours(1);

    static PlannedTopic of(Topic<?> topic, String name, int partitions, short replicationFactor) {
        if (topic.role() == Topic.Role.RETRIES) {
            return retries(name, replicationFactor);
        }
        var configs = new HashMap<String, String>();
        switch (topic.cleanup()) {
            case Compact() -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                // a processor that was down for a weekend must still read every tombstone
                configs.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(TOMBSTONES));
                if (topic.isCanonical()) {
                    configs.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(COMPACTION_LAG));
                }
            }
            case Delete(var retention) -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
            }
            case CompactAndDelete(var retention) -> {
                configs.put(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
                configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
            }
        }
        if (topic.role() == Topic.Role.BROADCAST) {
            // only closed segments are compacted, and every process reads the others from their beginning
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(BROADCAST_SEGMENTS));
        }
        var count = topic.role() == Topic.Role.BROADCAST ? 1 : partitions;
        return new PlannedTopic(name, count, replicationFactor, Map.copyOf(configs));
    }

    /**
     * A dead-letter topic. It has one partition, so that an operator reads the letters in order, and accepts any record
     * that its source topic accepted by default.
     */
    static PlannedTopic deadLetters(String name, short replicationFactor, Duration retention) {
        return failedRecords(name, 1, replicationFactor, retention);
    }

    /** A retry topic. It accepts any record that a dead-letter topic accepts. */
    static PlannedTopic retries(String name, short replicationFactor) {
        return failedRecords(name, RETRY_PARTITIONS, replicationFactor, RETRIES);
    }

    private static PlannedTopic failedRecords(
            String name, int partitions, short replicationFactor, Duration retention) {
        return new PlannedTopic(
                name,
                partitions,
                replicationFactor,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, millis(retention),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaSettings.MAX_REQUEST_BYTES)));
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, replicationFactor).configs(configs);
    }

    ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    String cleanupPolicy() {
        return configs.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    }

    static Set<String> policies(String cleanupPolicy) {
        return Set.of(cleanupPolicy.split(",", -1));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
