package io.sluice.embedder.compute;

/** The priority of a piece of work. Waiting work of an earlier lane runs first. */
public enum Lane {
    /** Work for a person who searches. */
    QUERY,
    /** Work for a batch from a topic. */
    BULK,
}
