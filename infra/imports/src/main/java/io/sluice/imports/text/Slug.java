package io.sluice.imports.text;

/** Names for addresses: {@code Café & Thé} is {@code cafe-the}. */
public final class Slug {
    private Slug() {}

    /**
     * {@return the text's letters a to z and digits in lower case, all else as single hyphens between them} Accents are
     * taken away and ligatures written as two letters. Empty when nothing is left, as of a name in Chinese.
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

    /** {@return whether it is one already} */
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
