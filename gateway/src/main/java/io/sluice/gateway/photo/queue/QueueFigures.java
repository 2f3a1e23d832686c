package io.sluice.gateway.photo.queue;

import io.sluice.gateway.photo.queue.QueueStats.Queue;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.ConsumerGroups.Standing;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.stores.photo.GalleryTable;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * Counts the photos that were queued. The numbers come from positions in photos.v1 and from the letters in Postgres, so
 * every gateway has the same, also after a restart.
 */
@Singleton
final class QueueFigures {
    private final ConsumerGroups groups;
    private final TopicNames names;
    private final GalleryTable photos;

    QueueFigures(ConsumerGroups groups, TopicNames names, GalleryTable photos) {
        this.groups = groups;
        this.names = names;
        this.photos = photos;
    }

    /** @throws ProblemException when Kafka or Postgres does not answer */
    Queue now() {
        var failed = failed();
        try {
            var group = names.group(Topics.PHOTO_PREPARER);
            var source = names.of(Topics.PHOTOS);
            var retries = retryTopics();
            var topics = Stream.concat(Stream.of(source), retries.stream()).collect(Collectors.toSet());
            var standing = groups.standings(Map.of(group, topics)).getOrDefault(group, Standing.NOWHERE);
            var waiting = standing.lag().getOrDefault(source, 0L);
            var retrying = retries.stream()
                    .mapToLong(topic -> standing.lag().getOrDefault(topic, 0L))
                    .sum();
            var begun = standing.done().getOrDefault(source, 0L);
            return new Queue(
                    begun + waiting,
                    Math.max(0, begun - retrying - failed),
                    failed,
                    waiting + retrying,
                    groups.members(group));
        } catch (KafkaException e) {
            throw new ProblemException(
                    GatewayProblem.KAFKA_UNAVAILABLE,
                    "Kafka does not say how many photos wait; try again in a moment.",
                    e);
        }
    }

    private Set<String> retryTopics() {
        var begin = names.of(Topics.retries(Topics.PHOTOS.name(), Topics.PHOTO_PREPARER, "retry-"));
        return groups.topics().stream().filter(topic -> topic.startsWith(begin)).collect(Collectors.toSet());
    }

    private long failed() {
        try {
            return photos.failures();
        } catch (RuntimeException e) {
            throw Outage.or(
                    e,
                    GatewayProblem.LEDGER_UNAVAILABLE,
                    "Postgres does not say how many photos failed; try again in a moment.");
        }
    }
}
