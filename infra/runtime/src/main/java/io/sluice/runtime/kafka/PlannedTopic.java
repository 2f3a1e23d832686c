package io.sluice.runtime.kafka;

import io.sluice.schemas.Topic;
import io.sluice.schemas.Topic.Cleanup.Compact;
import io.sluice.schemas.Topic.Cleanup.CompactAndDelete;
import io.sluice.schemas.Topic.Cleanup.CompactWithin;
import io.sluice.schemas.Topic.Cleanup.Delete;
import io.sluice.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic with the settings that it is to be created with.
 *
 * @param bounds the largest values that some settings of an existing topic may have, because it holds personal data
 */
record PlannedTopic(
        String name,
        int partitions,
        short replicationFactor,
        Map<String, String> configs,
        Map<String, Duration> bounds) {
    private static final Duration COMPACTION_LAG = Duration.ofHours(24);
    private static final Duration TOMBSTONES = Duration.ofDays(7);
    private static final Duration RETRIES = Duration.ofDays(30);
    private static final int RETRY_PARTITIONS = 3;
    private static final Duration BROADCAST_SEGMENTS = Duration.ofHours(1);

    static PlannedTopic of(Topic<?> topic, String name, int partitions, short replicationFactor) {
        if (topic.role() == Topic.Role.RETRIES) {
            return retries(topic, name, replicationFactor);
        }
        var configs = new HashMap<String, String>();
        var bounds = new HashMap<String, Duration>();
        switch (topic.cleanup()) {
            case Compact() -> configs.putAll(compaction(topic));
            case CompactWithin(var lag) -> {
                configs.putAll(compaction(topic));
                bounds.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, lag);
                // the segment that is written to is never compacted
                bounds.put(TopicConfig.SEGMENT_MS_CONFIG, lag);
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
        return of(name, count, replicationFactor, configs, bounds);
    }

    private static PlannedTopic of(
            String name,
            int partitions,
            short replicationFactor,
            Map<String, String> configs,
            Map<String, Duration> bounds) {
        var all = new HashMap<>(configs);
        bounds.forEach((setting, most) -> all.put(setting, millis(most)));
        return new PlannedTopic(name, partitions, replicationFactor, Map.copyOf(all), Map.copyOf(bounds));
    }

    private static Map<String, String> compaction(Topic<?> topic) {
        var configs = new HashMap<String, String>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        // a processor that was down for a weekend must still read every tombstone
        configs.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(TOMBSTONES));
        if (topic.isCanonical()) {
            configs.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(COMPACTION_LAG));
        }
        return configs;
    }

    /**
     * A dead-letter topic. It has one partition, so that an operator reads the letters in order, and accepts any record
     * that its source topic accepted by default. Personal data is not kept longer, whatever the retention is.
     */
    static PlannedTopic deadLetters(Topic<?> source, String name, short replicationFactor, Duration retention) {
        return failedRecords(source, name, 1, replicationFactor, retention);
    }

    /** A retry topic. It accepts any record that a dead-letter topic accepts. */
    static PlannedTopic retries(Topic<?> source, String name, short replicationFactor) {
        return failedRecords(source, name, RETRY_PARTITIONS, replicationFactor, RETRIES);
    }

    private static PlannedTopic failedRecords(
            Topic<?> source, String name, int partitions, short replicationFactor, Duration retention) {
        var configs = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, millis(retention),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaSettings.MAX_REQUEST_BYTES));
        if (!(source.cleanup() instanceof CompactWithin)) {
            return of(name, partitions, replicationFactor, configs, Map.of());
        }
        var kept = retention.compareTo(Topics.PERSONAL_FAILURES_KEPT) < 0 ? retention : Topics.PERSONAL_FAILURES_KEPT;
        var bounds = Map.of(TopicConfig.RETENTION_MS_CONFIG, kept, TopicConfig.SEGMENT_MS_CONFIG, Topics.FORGOTTEN);
        return of(name, partitions, replicationFactor, configs, bounds);
    }

    /** {@return the settings of the existing topic that are larger than they may be, with their largest values} */
    Map<String, String> tooLarge(Config actual) {
        var tooLarge = new LinkedHashMap<String, String>();
        bounds.forEach((setting, most) -> {
            var value = Optional.ofNullable(actual.get(setting)).map(ConfigEntry::value);
            if (value.map(Long::parseLong)
                    .filter(it -> it >= 0 && it <= most.toMillis())
                    .isEmpty()) {
                tooLarge.put(setting, millis(most));
            }
        });
        return tooLarge;
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
