package io.sluice.gateway.admin.letters;

import io.sluice.schemas.text.VisibleText;

/** Makes text from a record short and safe to show. */
public final class BriefText {
    /** With the name of its topic, a key of this length fits into an index of Postgres. */
    private static final int LONGEST_KEY = 500;

    private BriefText() {}

    /** {@return the text in one line, with visible control characters and at most so many characters} */
    public static String of(String text, int max) {
        var visible = VisibleText.of(text);
        return visible.codePointCount(0, visible.length()) <= max
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, max - 1)) + "…";
    }

    /** {@return the key in the form in which the desk notes it} */
    public static String key(String key) {
        return of(key, LONGEST_KEY);
    }
}
