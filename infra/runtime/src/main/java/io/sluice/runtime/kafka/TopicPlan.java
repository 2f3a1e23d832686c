package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.Waiting;
import io.sluice.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing, with the settings the catalogue declares, and refuses those whose cleanup policy is
 * another one: a compacted topic that deletes by age would lose entities, and the reverse would grow for ever. Other
 * settings of a topic that is there are its operator's, and are left alone.
 */
public final class TopicPlan {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPlan.class);

    private static final int REQUEST_MS = 10_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KafkaSettings settings;
    private final TopicNames names;
    private final int partitions;
    private final short replicationFactor;
    private final Duration patience;

    /** @param patience how long to wait for a broker before giving up */
    public TopicPlan(
            KafkaSettings settings, TopicNames names, int partitions, int replicationFactor, Duration patience) {
        this.settings = settings;
        this.names = names;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
        this.patience = patience;
    }

    /** Makes and checks these topics; several instances may do so at once. */
    public void ensure(Topic<?>... topics) {
        ensure(Stream.of(topics).map(this::planned).toList());
    }

    /** Makes and checks these topics, and the dead letters of {@code processor} for {@code source}. */
    public void ensureFor(String processor, Topic<?> source, Collection<Topic<?>> topics) {
        var deadLetters = PlannedTopic.deadLetters(names.deadLetters(source, processor), replicationFactor);
        ensure(Stream.concat(
                        Stream.concat(Stream.of(source), topics.stream())
                                .distinct()
                                .map(this::planned),
                        Stream.of(deadLetters))
                .toList());
    }

    private PlannedTopic planned(Topic<?> topic) {
        return PlannedTopic.of(topic, names.of(topic), partitions, replicationFactor);
    }

    private void ensure(List<PlannedTopic> plan) {
        try (var admin = connect()) {
            var existing = get(admin.listTopics().names());
            var planned = plan.stream().collect(partitioningBy(topic -> existing.contains(topic.name())));
            check(admin, planned.getOrDefault(true, List.of()));
            create(admin, planned.getOrDefault(false, List.of()));
        }
    }

    private Admin connect() {
        var client = settings.admin();
        var timeout = Math.toIntExact(patience.toMillis());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeout, REQUEST_MS));
        try {
            return Admin.create(client);
        } catch (KafkaException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new TopicPlanException("the settings under kafka.* are not usable: " + cause.getMessage(), e);
        }
    }

    private void create(Admin admin, List<PlannedTopic> missing) {
        admin.createTopics(missing.stream().map(PlannedTopic::toNewTopic).toList())
                .values()
                .forEach((name, created) -> {
                    if (succeeded(created)) {
                        LOG.atInfo().addKeyValue("topic", name).log("topic created");
                    }
                });
        awaitKnown(admin, missing.stream().map(PlannedTopic::name).toList());
    }

    /** A topic is made by the controller, and a busy broker may hear of it later: whoever reads it would find nothing. */
    private void awaitKnown(Admin admin, List<String> made) {
        try {
            if (!Waiting.until(() -> isKnown(admin, made), LOOK_AGAIN, patience)) {
                throw new TopicPlanException(
                        "Kafka at " + settings.bootstrapServers() + " made topics and does not know them after "
                                + patience,
                        new TimeoutException(String.valueOf(made)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicPlanException("interrupted while making topics", e);
        }
    }

    private boolean isKnown(Admin admin, List<String> made) {
        try {
            get(admin.describeTopics(made).allTopicNames());
            return true;
        } catch (TopicPlanException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private boolean succeeded(KafkaFuture<Void> created) {
        try {
            get(created);
            return true;
        } catch (TopicPlanException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // another instance was faster
            }
            throw e;
        }
    }

    private void check(Admin admin, List<PlannedTopic> plan) {
        var planned = plan.stream().collect(toMap(PlannedTopic::resource, topic -> topic));
        var wrong = admin.describeConfigs(planned.keySet()).values().entrySet().stream()
                .flatMap(config -> Optional.ofNullable(planned.get(config.getKey())).stream()
                        .flatMap(topic -> mismatch(topic, get(config.getValue())).stream()))
                .collect(joining("; "));
        if (!wrong.isEmpty()) {
            throw new TopicPlanException(wrong);
        }
    }

    private static Optional<String> mismatch(PlannedTopic planned, Config actual) {
        var policy = actual.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        var wanted = planned.cleanupPolicy();
        if (PlannedTopic.policies(policy).equals(PlannedTopic.policies(wanted))) {
            return Optional.empty();
        }
        return Optional.of(
                "topic %s has cleanup.policy=%s but must have %s: alter it (kafka-configs.sh), or set another"
                                .formatted(planned.name(), policy, wanted)
                        + " SLUICE_TOPIC_PREFIX");
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var message = cause instanceof TimeoutException
                    ? "no answer from Kafka at " + settings.bootstrapServers() + " within " + patience
                            + ": is it there? (KAFKA_BOOTSTRAP_SERVERS)"
                    : "Kafka at " + settings.bootstrapServers() + " refuses: " + cause.getMessage();
            throw new TopicPlanException(message, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicPlanException("interrupted while making topics", e);
        }
    }
}
