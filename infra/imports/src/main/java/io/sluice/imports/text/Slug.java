package io.sluice.imports.text;

/** Makes names for addresses: {@code Café & Thé} becomes {@code cafe-the}. */
public final class Slug {
    private Slug() {}

    /**
     * Returns the text in lower case with a single hyphen for everything that is not a letter from a to z or a digit.
     * Accents are removed, and a ligature becomes two letters. The slug is empty when nothing is left, as for a name in
     * Chinese.
     */
    public static String of(String text) {
        var folded = Folding.fold(text);
        var slug = new StringBuilder(folded.length());
        for (var i = 0; i < folded.length(); i++) {
            var c = folded.charAt(i);
            if (isPart(c)) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        if (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
            slug.setLength(slug.length() - 1);
        }
        return slug.toString();
    }

    /** {@return whether the text is a slug already} */
    public static boolean isOne(String text) {
        var hyphenBefore = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isPart(c) && (c != '-' || hyphenBefore)) {
                return false;
            }
            hyphenBefore = c == '-';
        }
        return !hyphenBefore;
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
