package io.sluice.imports.text;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shortens a value, or a list of values, for a message. */
public final class Excerpt {
    private static final int LONGEST = 40;

    private Excerpt() {}

    /** {@return the value, cut after 40 characters} */
    public static String of(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    /** {@return the first values, and how many more there are} */
    public static <T> String ofAll(List<T> values, int most, Function<T, String> shown) {
        var first = values.stream().limit(most).map(shown).collect(Collectors.joining(", "));
        return values.size() <= most ? first : first + " and %d more".formatted(values.size() - most);
    }
}
