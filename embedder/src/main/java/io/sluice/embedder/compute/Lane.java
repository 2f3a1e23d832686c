package io.sluice.embedder.compute;

/** Who waits for a piece of work. What waits in an earlier lane is done first. */
public enum Lane {
    /** A person who searches. */
    QUERY,
    /** A batch from a topic. */
    BULK,
}
