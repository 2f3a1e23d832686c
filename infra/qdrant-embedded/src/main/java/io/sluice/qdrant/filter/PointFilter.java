package io.sluice.qdrant.filter;

/** A compiled filter. */
@FunctionalInterface
public interface PointFilter {
    /** The filter that lets everything pass. */
    PointFilter ALL = _ -> true;

    /** {@return whether the candidate passes} */
    boolean matches(Candidate candidate);

    /** {@return the filter that passes what both pass} */
    default PointFilter and(PointFilter other) {
        if (this == ALL) {
            return other;
        }
        return other == ALL ? this : candidate -> matches(candidate) && other.matches(candidate);
    }
}
