package io.sluice.embedder.compute;

/** Who waits for a piece of work. Queries run first. The other lanes share the threads, see {@link LaneQueue}. */
public enum Lane {
    /** Work for a person who searches. */
    QUERY,
    /** Work for products from a topic. */
    PRODUCTS,
    /** Work for photos from a topic. */
    PHOTOS,
}
