package io.sluice.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers about topics, each time within a deadline. When they do not answer, it throws a
 * {@link TopicPlanException} that says why in one sentence.
 */
public final class Brokers {
    private final Supplier<? extends Admin> admin;
    private final String addresses;
    private final Duration patience;

    /**
     * Does not make the client and does not connect until the first request.
     *
     * @param admin the admin client, which its owner closes
     * @param addresses the brokers' addresses, for messages
     * @param patience how long to wait for an answer
     */
    public Brokers(Supplier<? extends Admin> admin, String addresses, Duration patience) {
        this.admin = admin;
        this.addresses = addresses;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    Set<String> topics() {
        return get(
                client().listTopics(new ListTopicsOptions().timeoutMs(millis())).names());
    }

    Map<ConfigResource, Config> configs(Collection<ConfigResource> topics) {
        var options = new DescribeConfigsOptions().timeoutMs(millis());
        return get(client().describeConfigs(topics, options).all());
    }

    /** Changes these settings of these topics, and no others. */
    void alter(Map<ConfigResource, Map<String, String>> settings) {
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        settings.forEach((topic, altered) -> changes.put(
                topic,
                altered.entrySet().stream()
                        .map(setting -> new AlterConfigOp(
                                new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                        .toList()));
        get(client().incrementalAlterConfigs(changes, new AlterConfigsOptions().timeoutMs(millis()))
                .all());
    }

    /** {@return the topics that this call made; another instance has made the others meanwhile} */
    List<String> create(Collection<NewTopic> topics) {
        var options = new CreateTopicsOptions().timeoutMs(millis());
        return client().createTopics(topics, options).values().entrySet().stream()
                .filter(created -> isMade(created.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isMade(KafkaFuture<Void> created) {
        try {
            get(created);
            return true;
        } catch (TopicPlanException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    boolean know(Collection<String> topics) {
        try {
            var options = new DescribeTopicsOptions().timeoutMs(millis());
            get(client().describeTopics(topics, options).allTopicNames());
            return true;
        } catch (TopicPlanException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    TopicPlanException unaware(Collection<String> topics) {
        return new TopicPlanException(
                "Kafka at " + addresses + " created topics but does not list them after " + patience,
                new TimeoutException(String.valueOf(topics)));
    }

    private Admin client() {
        try {
            return admin.get();
        } catch (RuntimeException e) {
            var unusable = kafkaException(e);
            if (unusable == null) {
                throw e;
            }
            var cause = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new TopicPlanException("the settings under kafka.* are not usable: " + cause.getMessage(), e);
        }
    }

    /** Finds Kafka's exception inside Micronaut's, which is thrown when a client is a bean. */
    private static @Nullable KafkaException kafkaException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException found) {
                return found;
            }
        }
        return null;
    }

    private int millis() {
        return Math.toIntExact(patience.toMillis());
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var message = cause instanceof TimeoutException
                    ? "no answer from Kafka at " + addresses + " within "
                            + patience.toSeconds() + " s: is it running? (KAFKA_BOOTSTRAP_SERVERS,"
                            + " KAFKA_SECURITY_PROTOCOL)"
                    : "Kafka at " + addresses + " refuses: " + cause.getMessage();
            throw new TopicPlanException(message, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicPlanException("interrupted while creating topics", e);
        }
    }
}
