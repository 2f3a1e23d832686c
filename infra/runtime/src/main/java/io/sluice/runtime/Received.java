package io.sluice.runtime;

import io.sluice.schemas.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as a handler sees it.
 *
 * @param key the entity's id
 * @param event the decoded value; null deletes the entity
 * @param version the entity's version, see {@link io.sluice.schemas.wire.EntityVersion}
 * @param jobId the job that the record belongs to; null when it belongs to none
 * @param turn whether newer records of its key may already have passed it
 * @param writtenAt when the record was written, as its topic says; a retry keeps the time of its original
 */
public record Received<E extends Event>(
        String key,
        @Nullable E event,
        long version,
        @Nullable String jobId,
        Turn turn,
        Instant writtenAt) {
    /** A record that comes in the order of its topic, written in 1970. */
    public Received(String key, @Nullable E event, long version, @Nullable String jobId) {
        this(key, event, version, jobId, Turn.IN_ORDER, Instant.EPOCH);
    }

    /** Whether newer records of its key may already have passed a record. */
    public enum Turn {
        /** No newer record of the key was handled here before it. */
        IN_ORDER,
        /** It waited in a retry topic, or comes from the dead letters. Newer records may have been handled here before it. */
        WAITED,
        /** It was made of a record that waited. Newer records may be before it in its topic. */
        MADE_LATE,
    }

    /** {@return whether newer records of its key may already have passed it} */
    public boolean outOfTurn() {
        return turn != Turn.IN_ORDER;
    }

    /** {@return whether the record deletes its entity} */
    public boolean isDelete() {
        return event == null;
    }
}
