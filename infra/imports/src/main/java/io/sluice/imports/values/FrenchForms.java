package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import io.sluice.imports.values.Form.Read.Good;
import java.util.Locale;

/** Numbers and codes of French authorities. */
final class FrenchForms {
    /**
     * La Poste has too many establishments for Luhn's check. Their digits add up to a multiple of five instead (INSEE,
     * 2013).
     */
    private static final String LA_POSTE = "356000000";

    private FrenchForms() {}

    static Read siret(String value) {
        return switch (Digits.exactly(14, value)) {
            case Good(var digits) when hasOnlyZeros(digits) -> new Bad("must not be all zeros");
            case Good(var digits)
            when !passesLuhn(digits) && !isOfLaPoste(digits) ->
                new Bad("has a wrong check digit: one of its digits is mistyped");
            case Good good -> good;
            case Bad bad -> bad;
        };
    }

    static Read siren(String value) {
        return Digits.exactly(9, value);
    }

    static Read postcode(String value) {
        return Digits.exactly(5, value);
    }

    /**
     * A code has two digits, an optional dot, one or two more digits, and an optional letter, by the levels of the
     * classification.
     */
    static Read naf(String value) {
        var at = digits(value, 0, 2);
        var begins = at == 2;
        if (begins && value.startsWith(".", at)) {
            at++;
        }
        var end = digits(value, at, at + 2);
        var hasMore = end > at;
        if (end < value.length() && isLetter(value.charAt(end))) {
            end++;
        }
        return begins && hasMore && end == value.length()
                ? new Good(value.toUpperCase(Locale.ROOT))
                : new Bad("must be an activity code such as 62.01Z, is '%s'".formatted(Excerpt.of(value)));
    }

    private static int digits(String value, int from, int to) {
        var at = from;
        while (at < Math.min(to, value.length()) && Digits.isDigit(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean hasOnlyZeros(String digits) {
        return digits.chars().allMatch(c -> c == '0');
    }

    /** ISO/IEC 7812-1, annex B: every second digit from the right is doubled, and the digits add up to a multiple of ten. */
    static boolean passesLuhn(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    private static boolean isOfLaPoste(String digits) {
        return digits.startsWith(LA_POSTE) && digits.chars().map(c -> c - '0').sum() % 5 == 0;
    }
}
