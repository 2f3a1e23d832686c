package io.sluice.imports.text;

/** A value as a sentence quotes it. */
public final class Excerpt {
    private static final int LONGEST = 40;

    private Excerpt() {}

    /** {@return the value, shortened when it is long} */
    public static String of(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
