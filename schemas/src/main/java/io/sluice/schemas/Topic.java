package io.sluice.schemas;

import io.sluice.schemas.event.Event;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A topic and what is in it. The name is the one of the catalogue; a deployment may put a prefix before it.
 *
 * @param name legal Kafka topic name, lower case, ending in its version: {@code products.v1}
 * @param type the record its values are read as
 * @param cleanup how the broker forgets
 * @param role who may write to it, and what its positions mean
 */
public record Topic<E extends Event>(String name, Class<E> type, Cleanup cleanup, Role role) {
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9.-]{1,200}");

    public Topic {
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException("not a topic name of ours: " + name);
        }
    }

    /** What a topic's positions mean. */
    public enum Role {
        /**
         * Upstream systems write here; a record's position is its entity's version, so a key must stay on its murmur2
         * partition. One that is compacted keeps 24 h of every key's history and a week of tombstones.
         */
        CANONICAL,
        /** Written by a processor; the version travels in the {@code x-entity-version} header. */
        DERIVED,
    }

    /** How the broker forgets. */
    public sealed interface Cleanup {
        /** The newest record of every key is kept for ever. */
        record Compact() implements Cleanup {}

        /** Records are dropped after {@code retention}. */
        record Delete(Duration retention) implements Cleanup {}

        /** The newest record of every key is kept, for {@code retention} at most. */
        record CompactAndDelete(Duration retention) implements Cleanup {}
    }

    /** {@return whether positions on this topic are entity versions} */
    public boolean isCanonical() {
        return role == Role.CANONICAL;
    }
}
