package io.sluice.qdrant.store;

import java.util.Comparator;

/**
 * A point with its rank.
 *
 * @param rank larger is better
 */
public record Scored(Point point, float rank) {
    /** The best first. Points of equal rank are in the order of their ids, which the real server does not promise. */
    public static final Comparator<Scored> BEST_FIRST = Comparator.comparing(Scored::rank, Comparator.reverseOrder())
            .thenComparing(scored -> scored.point().key());
}
