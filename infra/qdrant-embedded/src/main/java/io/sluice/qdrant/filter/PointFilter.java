package io.sluice.qdrant.filter;

/** A compiled filter. */
@FunctionalInterface
public interface PointFilter {
    /** The filter that matches every candidate. */
    PointFilter ALL = _ -> true;

    /** {@return whether the candidate matches} */
    boolean matches(Candidate candidate);

    /** {@return the filter that matches when both filters match} */
    default PointFilter and(PointFilter other) {
        if (this == ALL) {
            return other;
        }
        return other == ALL ? this : candidate -> matches(candidate) && other.matches(candidate);
    }
}
