package io.sluice.schemas;

import io.sluice.schemas.event.Event;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A topic and its contents. The name is the one of the catalogue; a deployment may put a prefix before it.
 *
 * @param name legal Kafka topic name in lower case that ends in its version: {@code products.v1}
 * @param type the record type of its values
 * @param cleanup how long the broker keeps records
 * @param role who may write to it, and what its positions mean
 */
public record Topic<E extends Event>(String name, Class<E> type, Cleanup cleanup, Role role) {
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9.-]{1,200}");

    public Topic {
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a topic name has lower-case letters, digits, dots and hyphens only, is " + name);
        }
    }

    /** Who writes to a topic, and what its positions mean. */
    public enum Role {
        /**
         * Upstream systems or the gateway write here. The position of a record is the version of its entity, so all
         * records of a key must be in its murmur2 partition. A compacted one keeps the history of every key for 24 h,
         * and tombstones for a week.
         */
        CANONICAL,
        /** Sluice writes here. The version of the entity is in the header {@code x-entity-version}. */
        DERIVED,
        /** Every process reads all of it from the beginning, so it is small and has one partition. */
        BROADCAST,
        /**
         * Records of another topic wait here for their consumer group. The version of the entity is in the header {@code
         * x-entity-version}.
         */
        RETRIES,
    }

    /** How long the broker keeps records. */
    public sealed interface Cleanup {
        /** The newest record of every key is kept forever. */
        record Compact() implements Cleanup {}

        /**
         * The newest record of every key is kept forever. What a newer record or a tombstone replaces is personal data: the
         * broker may compact it away after {@code lag} at the latest.
         */
        record CompactWithin(Duration lag) implements Cleanup {}

        /** Records are deleted after {@code retention}. */
        record Delete(Duration retention) implements Cleanup {}

        /** The newest record of every key is kept, but no longer than {@code retention}. */
        record CompactAndDelete(Duration retention) implements Cleanup {}
    }

    /** {@return whether positions on this topic are entity versions} */
    public boolean isCanonical() {
        return role == Role.CANONICAL;
    }
}
