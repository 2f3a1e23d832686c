package io.sluice.imports.text;

/** Shortens a value for a message. */
public final class Excerpt {
    private static final int LONGEST = 40;

    private Excerpt() {}

    /** {@return the value, cut after 40 characters} */
    public static String of(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
