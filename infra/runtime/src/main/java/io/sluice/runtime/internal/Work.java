package io.sluice.runtime.internal;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.internal.Fate.Buried;
import io.sluice.runtime.internal.Standing.Due;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One record from the poll that brought it until its fate is durable, and what happened to it on the way. */
final class Work {
    private final ConsumerRecord<byte[], byte[]> message;
    private final Envelope envelope;
    private Standing standing = new Due(Instant.MIN);
    private int failures;
    private int claims;
    private final Set<Scope> reported = EnumSet.noneOf(Scope.class);
    private @Nullable Instant firstFailedAt;

    Work(ConsumerRecord<byte[], byte[]> message, Envelope envelope) {
        this.message = message;
        this.envelope = envelope;
        this.firstFailedAt = envelope.firstFailedAt();
    }

    ConsumerRecord<byte[], byte[]> message() {
        return message;
    }

    Envelope envelope() {
        return envelope;
    }

    TopicPartition partition() {
        return new TopicPartition(message.topic(), message.partition());
    }

    /** What must stay in order: records of one key on one partition. Records without a key depend on nobody. */
    Optional<Lane> lane() {
        return Optional.ofNullable(message.key()).map(key -> new Lane(message.partition(), ByteBuffer.wrap(key)));
    }

    record Lane(int partition, ByteBuffer key) {}

    Standing standing() {
        return standing;
    }

    void now(Standing next) {
        standing = next;
    }

    /** {@return how often it failed for its own sake since it was read} */
    int failures() {
        return failures;
    }

    void failed(Instant at) {
        failures++;
        markFirstFailure(at);
    }

    /** {@return how often in a row it blamed a dependency that had just answered} */
    int claims() {
        return claims;
    }

    void claimed(Instant at, boolean dependencyAnswered) {
        claims = dependencyAnswered ? claims + 1 : 0;
        markFirstFailure(at);
    }

    private void markFirstFailure(Instant at) {
        if (firstFailedAt == null) {
            firstFailedAt = at;
        }
    }

    /** {@return how it is buried, having failed at least once; attempts made before it came here count} */
    Buried buried(Failure failure) {
        var attempts = envelope.attempts() + failures;
        return new Buried(failure, attempts, Objects.requireNonNull(firstFailedAt, "it never failed"));
    }

    /** {@return whether its job has not heard yet that it is tried again for this reason} */
    boolean reportOnce(Scope reason) {
        return reported.add(reason);
    }
}
