package io.sluice.schemas.pipeline;

import java.util.Locale;

/** The state of a pipeline. On the wire: the name in lower case. From well to worse. */
public enum PipelineState {
    /** It reads records. */
    RUNNING,
    /** It waits for a dependency, and goes on by itself. */
    WAITING,
    /** A person has stopped it, and has to resume it. */
    PAUSED,
    /** It has stopped itself, because most of its records fail. It tries again by itself from time to time. */
    SUSPENDED,
    /** It makes no progress: Kafka does not answer, a batch does not end, a thread has died, or no instance runs. */
    STALLED;

    /** {@return the wire form} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the state with this wire form} */
    public static PipelineState ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
