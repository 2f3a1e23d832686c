package io.sluice.qdrant.protocol;

/** Numbers that requests carry: how many, how long. */
public final class Bounds {
    private Bounds() {}

    /** {@return an unsigned number of the wire, or the largest int when it is larger} */
    public static int clamp(long unsigned) {
        return unsigned < 0 || unsigned > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) unsigned;
    }

    /** {@return a limit, of which zero is refused} */
    public static int limit(String field, boolean present, long value, long ifAbsent) {
        if (present) {
            requirePositive(field, value);
        }
        return clamp(present ? value : ifAbsent);
    }

    /** Refuses zero. */
    public static void requirePositive(String field, long value) {
        if (value == 0) {
            throw Rejection.invalidField(field, "value 0 invalid, must be 1 or larger");
        }
    }
}
