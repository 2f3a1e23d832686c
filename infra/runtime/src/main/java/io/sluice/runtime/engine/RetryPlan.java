package io.sluice.runtime.engine;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.runtime.kafka.TopicNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a pipeline of this deployment tries records again: its policy, and the topics where records wait.
 *
 * @param topics the topics that the pipeline reads: its source first, then its retry topics
 * @param hops the retry topics that a record passes when it fails again and again, in order
 */
record RetryPlan(RetryPolicy policy, List<String> topics, List<Hop> hops) {
    RetryPlan {
        topics = List.copyOf(topics);
        hops = List.copyOf(hops);
    }

    /** A tier, and the topic where its records wait. */
    record Hop(String topic, Tier tier) {}

    static RetryPlan of(Pipeline<?> pipeline, TopicNames names) {
        var source = names.of(pipeline.source());
        var retries = pipeline.retryTopics().stream().map(names::of);
        var hops = pipeline.retry().tiers().stream()
                .map(tier -> new Hop(names.of(pipeline.retryTopic(tier.name())), tier))
                .toList();
        return new RetryPlan(
                pipeline.retry(), Stream.concat(Stream.of(source), retries).toList(), hops);
    }

    /** {@return the topic whose records have not failed yet} */
    String source() {
        return topics.getFirst();
    }

    /**
     * {@return where a record of this topic goes when it has failed as often as it may be tried in place; empty when it
     * goes to the dead letters}
     */
    Optional<Hop> after(String topic) {
        var next = hops.stream().map(Hop::topic).toList().indexOf(topic) + 1;
        return next < hops.size() ? Optional.of(hops.get(next)) : Optional.empty();
    }

    /**
     * {@return how often a record is tried before it goes on: as often as the policy says when it is new or comes from
     * the dead letters, once when it has waited in a retry topic}
     */
    int attempts(Work work) {
        var hasWaited =
                !work.message().topic().equals(source()) && work.envelope().attempts() > 0;
        return hasWaited ? 1 : policy.attempts();
    }
}
