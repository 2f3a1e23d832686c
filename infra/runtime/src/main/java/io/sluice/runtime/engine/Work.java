package io.sluice.runtime.engine;

import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.engine.Fate.Buried;
import io.sluice.runtime.engine.Fate.Delayed;
import io.sluice.runtime.engine.RetryPlan.Hop;
import io.sluice.runtime.engine.WorkState.Due;
import io.sluice.schemas.text.VisibleText;
import io.sluice.schemas.wire.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One record, from its poll until its fate is durable, with its state and its failures so far. */
final class Work {
    private final ConsumerRecord<byte[], byte[]> message;
    private final Envelope envelope;
    private WorkState state = new Due(Instant.MIN);
    private int failures;
    private int blames;
    private boolean isInDoubt;
    private final Set<Scope> reported = EnumSet.noneOf(Scope.class);
    private @Nullable Instant firstFailedAt;

    Work(ConsumerRecord<byte[], byte[]> message, Envelope envelope) {
        this.message = message;
        this.envelope = envelope;
        this.firstFailedAt = envelope.firstFailedAt();
        this.isInDoubt =
                envelope.attempts() > 0 && UNCLASSIFIED.name().equals(Envelope.header(message, Headers.ERROR_CLASS));
    }

    ConsumerRecord<byte[], byte[]> message() {
        return message;
    }

    /** {@return the record in words, for people: topic, partition, offset and key} */
    String words() {
        var key = envelope.key() == null ? "without a readable key" : "key " + VisibleText.of(envelope.key());
        return "%s partition %d offset %d, %s".formatted(message.topic(), message.partition(), message.offset(), key);
    }

    Envelope envelope() {
        return envelope;
    }

    TopicPartition partition() {
        return new TopicPartition(message.topic(), message.partition());
    }

    /**
     * Records of one lane must stay in order: those of one key on one partition. A record without a key has no lane.
     * Records of one key in the source and in a retry topic have different lanes, so they can pass each other.
     */
    Optional<Lane> lane() {
        return Optional.ofNullable(message.key()).map(key -> new Lane(partition(), ByteBuffer.wrap(key)));
    }

    record Lane(TopicPartition partition, ByteBuffer key) {}

    WorkState state() {
        return state;
    }

    /** {@return whether it has failed or is in doubt, and waits for its next attempt} */
    boolean isTriedAgainLater() {
        return (failures > 0 || isInDoubt) && state instanceof Due;
    }

    void moveTo(WorkState next) {
        state = next;
    }

    /** {@return how often it failed since it was read, without the failures of a dependency} */
    int failures() {
        return failures;
    }

    void failed(Instant at) {
        failures++;
        markFirstFailure(at);
    }

    /** {@return how often in a row it failed on a dependency that had just answered} */
    int blames() {
        return blames;
    }

    void blamedDependency(Instant at, boolean dependencyAnswered) {
        blames = dependencyAnswered ? blames + 1 : 0;
        markFirstFailure(at);
    }

    /** {@return whether it may make its batch hang or fail, so that it must not be in one with records that may not} */
    boolean isInDoubt() {
        return isInDoubt;
    }

    void putInDoubt() {
        isInDoubt = true;
    }

    private void markFirstFailure(Instant at) {
        if (firstFailedAt == null) {
            firstFailedAt = at;
        }
    }

    /**
     * {@return the fate of a record that has failed at least once; its attempts include those before this consumer read
     * it}
     */
    Buried buried(Failure failure) {
        return new Buried(failure, attempts(), sinceFirstFailure());
    }

    /** {@return the fate of a record that has failed at least once, and waits in this retry topic until then} */
    Delayed delayed(Failure failure, Hop to, Instant notBefore) {
        return new Delayed(failure, attempts(), sinceFirstFailure(), to, notBefore);
    }

    private int attempts() {
        return envelope.attempts() + failures;
    }

    private Instant sinceFirstFailure() {
        return Objects.requireNonNull(firstFailedAt, "it never failed");
    }

    /**
     * {@return whether the job has not been told yet that the record is tried again because of a failure of this scope}
     */
    boolean reportOnce(Scope reason) {
        return reported.add(reason);
    }
}
