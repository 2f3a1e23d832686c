package io.sluice.runtime;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.schemas.Topics;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The settings that all services of a deployment share.
 *
 * @param partitions how many partitions a topic gets when it is created; an existing topic keeps its own
 * @param replicationFactor how many replicas a topic gets when it is created; -1 takes the broker's default
 * @param topicPrefix put before every topic and consumer group, so that deployments can share a cluster
 * @param epoch the upper part of every entity version; raise it by one when you create a canonical topic again
 * @param index the index that this service writes or searches, {@code <model>-<n>}
 * @param threads how many consumer threads each pipeline has; with two, one works while the other waits for a store
 * @param dataDir folder of local state. A service keeps there what it can make again, such as the state of Kafka Streams; the
 *     local stack keeps all its data there
 * @param bind the address that servers listen on
 */
@ConfigurationProperties("sluice")
public record SluiceConfig(
        @Bindable(defaultValue = "12") int partitions,
        @Bindable(defaultValue = "-1") int replicationFactor,
        @Bindable(defaultValue = "") String topicPrefix,
        @Bindable(defaultValue = "1") int epoch,
        @Bindable(defaultValue = "builtin-1") String index,
        @Bindable(defaultValue = "2") int threads,
        @Bindable(defaultValue = ".sluice") Path dataDir,
        @Bindable(defaultValue = "127.0.0.1") String bind) {
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,40}");
    private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9.-]{0,80}-[0-9]{1,6}");
    private static final int MAX_EPOCH = 8191;
    /** Kafka's limit on the name of a topic. */
    private static final int LONGEST_NAME = 249;

    public SluiceConfig {
        between("sluice.partitions", partitions, 1, 10_000);
        if (replicationFactor != -1) {
            between("sluice.replication-factor", replicationFactor, 1, 32_767);
        }
        between("sluice.epoch", epoch, 0, MAX_EPOCH);
        between("sluice.threads", threads, 1, 1_000);
        matches("sluice.topic-prefix", topicPrefix, PREFIX);
        matches("sluice.index", index, INDEX);
        var longest = longestName(topicPrefix, index);
        if (longest.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "sluice.topic-prefix and sluice.index together must be %d characters shorter: a topic is named %s, and Kafka allows %d characters"
                            .formatted(longest.length() - LONGEST_NAME, longest, LONGEST_NAME));
        }
    }

    /** {@return the defaults} */
    public static SluiceConfig ofDefaults() {
        return new SluiceConfig(12, -1, "", 1, "builtin-1", 2, Path.of(".sluice"), "127.0.0.1");
    }

    /** {@return the longest name of a topic, which has the index in it twice} */
    private static String longestName(String prefix, String index) {
        return prefix + Topics.retries(Topics.productVectors(index).name(), "indexer-" + index, Topics.FIRST_RETRY);
    }

    private static void between(String key, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(key + " must be between " + low + " and " + high + ", is " + value);
        }
    }

    private static void matches(String key, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(key + " must match " + pattern + ", is '" + value + "'");
        }
    }
}
