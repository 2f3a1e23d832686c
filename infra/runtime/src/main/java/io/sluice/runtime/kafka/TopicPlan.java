package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.DeadLetterConfig;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Waiting;
import io.sluice.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing topics with the settings that the catalogue declares, and checks the cleanup policy of existing ones.
 * A topic with another policy stops the start: a compacted topic that deletes by age would lose entities, and a topic
 * that should delete but compacts would grow without limit. A topic with personal data that would keep it too long is
 * altered. The operator may change any other setting of an existing topic.
 */
public final class TopicPlan {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPlan.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Brokers brokers;
    private final TopicNames names;
    private final int partitions;
    private final short replicationFactor;
    private final DeadLetterConfig letters;

    /** A plan for topics with this many partitions, and dead-letter topics with the default retention. */
    public TopicPlan(Brokers brokers, TopicNames names, int partitions, int replicationFactor) {
        this(brokers, names, partitions, replicationFactor, DeadLetterConfig.ofDefaults());
    }

    /** A plan for topics with this many partitions. */
    public TopicPlan(
            Brokers brokers, TopicNames names, int partitions, int replicationFactor, DeadLetterConfig letters) {
        this.brokers = brokers;
        this.names = names;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
        this.letters = letters;
    }

    /** Creates or checks these topics. Several instances may do so at once. */
    public void ensure(Topic<?>... topics) {
        ensure(Stream.of(topics).map(this::planned).toList());
    }

    /**
     * Creates or checks these topics, the source topic, and the processor's retry topics and dead-letter topic for it.
     */
    public void ensureFor(Pipeline<?> pipeline, Collection<Topic<?>> topics) {
        var source = pipeline.source().topic();
        var plan = new ArrayList<PlannedTopic>();
        Stream.concat(Stream.of(source), topics.stream())
                .distinct()
                .map(this::planned)
                .forEach(plan::add);
        pipeline.retryTopics()
                .forEach(topic -> plan.add(PlannedTopic.retries(source, names.of(topic), replicationFactor)));
        plan.add(PlannedTopic.deadLetters(
                source, names.deadLetters(source, pipeline.name()), replicationFactor, letters.retention()));
        ensure(plan);
    }

    private PlannedTopic planned(Topic<?> topic) {
        return PlannedTopic.of(topic, names.of(topic), partitions, replicationFactor);
    }

    private void ensure(List<PlannedTopic> plan) {
        var existing = brokers.topics();
        var planned = plan.stream().collect(partitioningBy(topic -> existing.contains(topic.name())));
        check(planned.getOrDefault(true, List.of()));
        create(planned.getOrDefault(false, List.of()));
    }

    private void create(List<PlannedTopic> missing) {
        for (var name :
                brokers.create(missing.stream().map(PlannedTopic::toNewTopic).toList())) {
            LOG.atInfo().addKeyValue("topic", name).log("topic created");
        }
        awaitKnown(missing.stream().map(PlannedTopic::name).toList());
    }

    /**
     * Waits until a broker lists the topics. The controller creates a topic, and a busy broker may learn of it later;
     * until then readers would not find it.
     */
    private void awaitKnown(List<String> made) {
        try {
            if (!Waiting.until(() -> brokers.know(made), LOOK_AGAIN, brokers.patience())) {
                throw brokers.unaware(made);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicPlanException("interrupted while making topics", e);
        }
    }

    private void check(List<PlannedTopic> plan) {
        var planned = plan.stream().collect(toMap(PlannedTopic::resource, topic -> topic));
        var actual = brokers.configs(planned.keySet());
        var wrong = actual.entrySet().stream()
                .flatMap(config -> Optional.ofNullable(planned.get(config.getKey())).stream()
                        .flatMap(topic -> mismatch(topic, config.getValue()).stream()))
                .collect(joining("; "));
        if (!wrong.isEmpty()) {
            throw new TopicPlanException(wrong);
        }
        var tooLarge = new HashMap<ConfigResource, Map<String, String>>();
        actual.forEach((resource, config) -> Optional.ofNullable(planned.get(resource))
                .map(topic -> topic.tooLarge(config))
                .filter(settings -> !settings.isEmpty())
                .ifPresent(settings -> tooLarge.put(resource, settings)));
        alter(tooLarge);
    }

    private void alter(Map<ConfigResource, Map<String, String>> settings) {
        if (settings.isEmpty()) {
            return;
        }
        brokers.alter(settings);
        settings.forEach((topic, altered) -> LOG.atInfo()
                .addKeyValue("topic", topic.name())
                .addKeyValue("settings", altered)
                .log("topic altered: it holds personal data, which it kept too long"));
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
}
