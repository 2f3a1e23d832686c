package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import org.jspecify.annotations.Nullable;

/** Numbers that identify something, so every digit counts. */
final class Digits {
    private Digits() {}

    /** {@return the digits, when the value has exactly this many and nothing else but spaces and dots} */
    static Read exactly(int count, String value) {
        if (isDecimal(value)) {
            return decimal(value);
        }
        var digits = joined(value);
        if (digits == null) {
            return wasNumber(value)
                    ? lost(value)
                    : new Bad("must have %d digits and nothing else, is '%s'".formatted(count, Excerpt.of(value)));
        }
        return digits.length() == count
                ? new Read.Good(digits)
                : new Bad("must have %d digits, has %d".formatted(count, digits.length()));
    }

    /** {@return the value without the spaces and dots between its digits; null when it has anything else} */
    static @Nullable String joined(String value) {
        if (areAll(value)) {
            return value;
        }
        var digits = new StringBuilder(value.length());
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (isDigit(c)) {
                digits.append(c);
            } else if (c != '.' && !Folding.isSpace(c)) {
                return null;
            }
        }
        return digits.toString();
    }

    /** {@return whether a spreadsheet program has turned the value into a number such as {@code 7.32829E+13}} */
    static boolean wasNumber(String value) {
        var e = Math.max(value.indexOf('E'), value.indexOf('e'));
        return e > 0
                && isNumber(value, 0, e)
                && isNumber(
                        value,
                        value.startsWith("+", e + 1) || value.startsWith("-", e + 1) ? e + 2 : e + 1,
                        value.length());
    }

    static Bad lost(String value) {
        return new Bad("was turned into %s by a spreadsheet program: digits are lost; format the column as text"
                .formatted(Excerpt.of(value)));
    }

    /**
     * {@return whether a program has turned the value into a decimal such as {@code 1000.0}, whose last zero is not one
     * of its digits}
     */
    static boolean isDecimal(String value) {
        var sign = Math.max(value.lastIndexOf('.'), value.lastIndexOf(','));
        return sign > 0
                && sign < value.length() - 1
                && value.chars().skip(sign + 1).allMatch(c -> c == '0')
                && value.chars().limit(sign).anyMatch(Digits::isDigit)
                && value.chars().limit(sign).allMatch(c -> isDigit(c) || c == '+' || Folding.isSpace(c));
    }

    static Read decimal(String value) {
        return new Bad("was written as the decimal number %s by a program: format the column as text"
                .formatted(Excerpt.of(value)));
    }

    /** {@return whether the value has nothing else; also of the empty value} */
    static boolean areAll(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNumber(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if (!isDigit(c) && c != '.' && c != ',') {
                return false;
            }
        }
        return to > from && isDigit(text.charAt(from));
    }
}
