package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import io.sluice.imports.text.Slug;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import io.sluice.imports.values.Form.Read.Good;

/**
 * Telephone numbers, e-mail and web addresses, and slugs. Only their form is checked, not whether they exist. Loops, not
 * streams: every value of every row comes through here.
 */
final class AddressForms {
    private static final String BETWEEN_DIGITS = "+().-/";
    private static final int FEWEST_DIGITS = 4;
    private static final int MOST_DIGITS = 20;

    private AddressForms() {}

    static Read phone(String value) {
        if (Digits.isDecimal(value)) {
            return Digits.decimal(value);
        }
        var written = new StringBuilder(value.length());
        var digits = 0;
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (Folding.isSpace(c)) {
                if (!written.isEmpty() && written.charAt(written.length() - 1) != ' ') {
                    written.append(' ');
                }
                continue;
            }
            if (!Digits.isDigit(c) && BETWEEN_DIGITS.indexOf(c) < 0) {
                return Digits.wasNumber(value)
                        ? Digits.lost(value)
                        : new Bad("must be a telephone number, is '%s'".formatted(Excerpt.of(value)));
            }
            digits += Digits.isDigit(c) ? 1 : 0;
            written.append(c);
        }
        return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS
                ? new Good(written.toString())
                : new Bad("must be a telephone number of %d to %d digits, has %d"
                        .formatted(FEWEST_DIGITS, MOST_DIGITS, digits));
    }

    static Read email(String value) {
        var at = value.indexOf('@');
        var isOne = at > 0 && at == value.lastIndexOf('@') && hasNoSpace(value) && isHost(value.substring(at + 1));
        return isOne
                ? new Good(value)
                : new Bad("must be an e-mail address such as name@example.com, is '%s'".formatted(Excerpt.of(value)));
    }

    static Read url(String value) {
        var scheme = scheme(value);
        var isWeb = scheme < 0 || isWeb(value.substring(0, scheme));
        var host = scheme < 0 ? 0 : scheme + 3;
        var end = host;
        while (end < value.length() && "/?#:".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return isWeb && hasNoSpace(value) && isHost(value.substring(host, end))
                ? new Good(value)
                : new Bad("must be a web address such as https://example.com, is '%s'".formatted(Excerpt.of(value)));
    }

    /** Returns the index of the {@code ://} after the scheme, or -1. One in a path or query does not count. */
    private static int scheme(String value) {
        var sign = value.indexOf("://");
        for (var i = 0; i < sign; i++) {
            if ("/?#".indexOf(value.charAt(i)) >= 0) {
                return -1;
            }
        }
        return sign;
    }

    /** Reads a slug that may begin with the slug of a parent, such as {@code auto--accessoires}. */
    static Read slugWithin(String value) {
        return Slug.isOneWithin(value) ? new Good(value) : slug(value);
    }

    static Read slug(String value) {
        if (Slug.isOne(value)) {
            return new Good(value);
        }
        var slug = Slug.suggestedFor(value);
        return new Bad("must be lower-case letters, digits and hyphens%s, is '%s'"
                .formatted(slug.isEmpty() ? "" : ", such as " + Excerpt.of(slug), Excerpt.of(value)));
    }

    private static boolean isWeb(String scheme) {
        return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    }

    /** A host has parts of letters, of any script, and digits, joined by dots. */
    private static boolean isHost(String text) {
        var dots = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.') {
                var standsAlone = i == 0 || i == text.length() - 1 || text.charAt(i - 1) == '.';
                if (standsAlone) {
                    return false;
                }
                dots++;
            } else if (!Character.isLetterOrDigit(c) && !Character.isSurrogate(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return dots > 0;
    }

    private static boolean hasNoSpace(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (Folding.isSpace(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
