package io.sluice.imports.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes names for addresses: {@code Café crème} becomes {@code cafe-creme}. Two names have one slug only when {@link
 * NameParts} sees no difference between them. A slug depends on its name alone, not on other names.
 *
 * <p>A name has the plain slug when the name can be read back from it: {@code C++} has {@code c-plus-plus}. Every other
 * name has a hash of its parts at the end: {@code Canal+}, {@code C plus plus}, a name in Chinese.
 */
public final class Slug {
    /** Between the slug of a parent and that of a name. No slug of a name has it. */
    public static final String WITHIN = "--";

    private static final char HASH_MARK = 'x';
    private static final int HASH_LENGTH = 8;
    private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern HASH = Pattern.compile(HASH_MARK + "[" + BASE_32 + "]{" + HASH_LENGTH + "}");

    private Slug() {}

    /**
     * Returns the slug of a name. A name that has the form of a slug, but for its case, is taken for a slug: so a slug
     * can be used in place of the name. The slug is empty when the name is blank.
     *
     * @param longest the most characters that it may have; a slug that would be longer is cut and gets a hash
     */
    public static String of(String name, int longest) {
        var lower = lowerCase(name);
        if (isOne(lower) && lower.length() <= longest) {
            return lower;
        }
        var parts = NameParts.of(name);
        if (parts.isEmpty()) {
            return "";
        }
        var plain = SlugWords.written(parts);
        var isExact = !endsInHash(plain) && SlugWords.read(plain).equals(parts);
        return isExact && plain.length() <= longest ? plain : withHash(plain, String.join(" ", parts), longest);
    }

    /**
     * Returns the slug of a name that is unique only within its parent, such as {@code auto--accessoires}. A name that
     * has this form already is taken for the slug.
     *
     * @param parent name or slug of the parent; when it is blank, the slug is that of the name alone
     */
    public static String within(String parent, String name, int longest) {
        var lower = lowerCase(name);
        if (isOneWithin(lower) && lower.length() <= longest) {
            return lower;
        }
        var outer = of(parent, longest);
        var inner = of(name, longest);
        if (outer.isEmpty() || inner.isEmpty()) {
            return inner;
        }
        var both = outer + WITHIN + inner;
        return both.length() <= longest ? both : withHash(both, both, longest);
    }

    /** Returns the text with its letters from A to Z in lower case. */
    private static String lowerCase(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }

    /** {@return a slug to write in place of a text; empty when the text has no letter or digit for it} */
    public static String suggestedFor(String text) {
        return SlugWords.written(NameParts.of(text));
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

    /** {@return whether the text is the slug of a name within a parent: two slugs with two hyphens between them} */
    public static boolean isOneWithin(String text) {
        var at = text.indexOf(WITHIN);
        return at > 0 && isOne(text.substring(0, at)) && isOne(text.substring(at + WITHIN.length()));
    }

    static boolean isPart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** {@return whether the plain slug of a name looks as if it had a hash, so that it needs one} */
    private static boolean endsInHash(String slug) {
        return HASH.matcher(slug.substring(slug.lastIndexOf('-') + 1)).matches();
    }

    private static String withHash(String plain, String content, int longest) {
        var room = Math.max(0, longest - HASH_LENGTH - 2);
        var end = Math.min(plain.length(), room);
        while (end > 0 && plain.charAt(end - 1) == '-') {
            end--;
        }
        return end == 0 ? hash(content) : plain.substring(0, end) + '-' + hash(content);
    }

    /** Returns 40 bits of the SHA-256: of 10,000 names that differ in nothing else, two share them once in 20,000. */
    private static String hash(String content) {
        var hash = new StringBuilder(HASH_LENGTH + 1).append(HASH_MARK);
        var bits = ByteBuffer.wrap(sha256(content)).getLong();
        for (var i = 0; i < HASH_LENGTH; i++) {
            hash.append(BASE_32.charAt((int) (bits >>> (59 - 5 * i)) & 31));
        }
        return hash.toString();
    }

    private static byte[] sha256(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
