package io.sluice.gateway.admin.letters.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.BeanProvider;
import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.schemas.Topics;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.letters.Letter;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends the record of a letter, as it is, to the retry topic of the consumer group that gave it up. No other group
 * reads that topic. The group tries the record from its first attempt on.
 */
@Singleton
public final class LetterSender {
    private final KafkaWriter writer;
    private final BeanProvider<AdminClient> admin;
    private final LetterTopics topics;
    private final Duration deadline;
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    LetterSender(KafkaWriter writer, BeanProvider<AdminClient> admin, LetterTopics topics, GatewayConfig config) {
        this.writer = writer;
        this.admin = admin;
        this.topics = topics;
        this.deadline = config.acceptTimeout();
    }

    /** {@return the topic that the letter goes to, without the prefix of the deployment} */
    public static String target(Letter letter) {
        var origin = letter.record().origin();
        return Topics.retries(origin.topic(), origin.group(), Topics.FIRST_RETRY);
    }

    /**
     * Checks that the topic exists which the letter goes to.
     *
     * @throws ProblemException {@code RETRY_TOPIC_MISSING} when it does not
     */
    public void checkTarget(Letter letter) {
        var target = topics.full(target(letter));
        if (!found.contains(target)) {
            if (!exists(target)) {
                throw new ProblemException(
                        DeadLetterProblem.RETRY_TOPIC_MISSING,
                        ("The topic %s does not exist, so no service would read the record. Start the service with the"
                                        + " consumer group %s once; it makes the topic.")
                                .formatted(target, letter.record().origin().group()));
            }
            found.add(target);
        }
    }

    private boolean exists(String topic) {
        try {
            var unused = admin.get()
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw unavailable(e);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /**
     * Sends the record.
     *
     * @param jobId the job that gets the reports about it
     * @return its new position, once Kafka has stored it; fails with a {@link ProblemException}
     */
    public CompletableFuture<Position> send(Letter letter, ConsumerRecord<byte[], byte[]> record, String jobId) {
        var headers = new RecordHeaders(record.headers());
        headers.remove(Headers.ATTEMPT);
        headers.remove(Headers.NOT_BEFORE);
        replace(headers, Headers.REDRIVE_COUNT, String.valueOf(letter.redrives() + 1));
        replace(headers, Headers.LETTER, topics.header(letter.id()));
        replace(headers, Headers.JOB_ID, jobId);
        var message =
                new ProducerRecord<>(topics.full(target(letter)), null, null, record.key(), record.value(), headers);
        return writer.write(message)
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(unavailable(thrown)));
    }

    private static void replace(RecordHeaders headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }

    private static ProblemException unavailable(Throwable cause) {
        return new ProblemException(
                GatewayProblem.KAFKA_UNAVAILABLE, "The letter was not sent back; try again in a moment.", cause);
    }
}
