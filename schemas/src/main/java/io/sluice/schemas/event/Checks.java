package io.sluice.schemas.event;

import org.jspecify.annotations.Nullable;

/** The checks that event records share. Each throws an {@link InvalidEventException} that names the field. */
public final class Checks {
    private Checks() {}

    /**
     * Returns the value, if it is present, is not blank, has at most {@code max} characters (code points) and no NUL.
     */
    public static String text(String field, @Nullable String value, int max) {
        if (value == null) {
            throw new InvalidEventException(field, "is required");
        }
        if (value.isBlank()) {
            throw new InvalidEventException(field, "must not be blank");
        }
        return atMost(field, value, max);
    }

    private static String atMost(String field, String value, int max) {
        var length = value.codePointCount(0, value.length());
        if (length > max) {
            throw new InvalidEventException(field, "must have at most " + max + " characters, has " + length);
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidEventException(field, "must not contain the NUL character");
        }
        return value;
    }

    /** {@return the value, if it is present} */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidEventException(field, "is required");
        }
        return value;
    }
}
