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
        return storable(field, value);
    }

    /** {@return the text, if every store can keep it: it has no NUL, and is {@link #wellFormed}} */
    public static String storable(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidEventException(field, "must not contain the NUL character");
        }
        return wellFormed(field, text);
    }

    /** {@return the text, if UTF-8 can encode it: it has no half of a surrogate pair} */
    public static String wellFormed(String field, String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new InvalidEventException(field, "must be valid Unicode, contains half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    /** {@return the value, if it is present} */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidEventException(field, "is required");
        }
        return value;
    }
}
