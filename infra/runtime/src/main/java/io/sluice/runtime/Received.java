package io.sluice.runtime;

import io.sluice.schemas.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * One record as a handler sees it.
 *
 * @param key the entity's id
 * @param event the decoded value; null deletes the entity
 * @param version the entity's version, see {@link io.sluice.schemas.wire.EntityVersion}
 * @param jobId the job that the record belongs to; null when it belongs to none
 */
public record Received<E extends Event>(
        String key,
        @Nullable E event,
        long version,
        @Nullable String jobId) {
    /** {@return whether the record deletes its entity} */
    public boolean isDelete() {
        return event == null;
    }
}
