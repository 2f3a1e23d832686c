package io.sluice.schemas.event;

import org.jspecify.annotations.Nullable;

/** The checks that event records share; each throws {@link InvalidEventException} naming the field. */
public final class Checks {
    private Checks() {}

    /**
     * {@return {@code value}, when it is neither missing nor blank and has at most {@code max} characters (code points)}
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

    /** {@return {@code value}, when it is there} */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidEventException(field, "is required");
        }
        return value;
    }
}
