package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes values that a spreadsheet program has damaged beyond repair, in fields of any type. Only shapes that such
 * programs write count, so that a text such as {@code 1E5} or {@code 12E-10} stays a text.
 */
final class SpreadsheetDamage {
    /**
     * A number whose digits are lost. With a decimal sign, {@code 3,76E+12} (Excel, LibreOffice, Google Sheets),
     * {@code 3.76017E12} (Java writes no sign) or {@code 376.0E+10} (engineering formats).
     */
    private static final String WITH_FRACTION = "[0-9]{1,3}[.,][0-9]+[Ee](?:[+-][0-9]{1,3}|[7-9]|[1-9][0-9]{1,2})";
    /** Without one, {@code 1E+12}. Before a minus there is one digit only: {@code 12E-10} may be a reference. */
    private static final String WITHOUT_FRACTION = "[0-9]+[Ee]\\+[0-9]{2,3}|[0-9][Ee]-[0-9]{2,3}";

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:%s|%s)".formatted(WITH_FRACTION, WITHOUT_FRACTION));
    private static final int SHORTEST_NUMBER = 5;
    private static final int LONGEST_NUMBER = 40;
    private static final int FEWEST_SIGNS = 3;
    private static final int FULL_WIDTH = 0xFEE0;
    private static final char MINUS = '\u2212';

    private SpreadsheetDamage() {}

    /**
     * {@return why the value is not the one that was once in its cell; null when nothing tells}
     *
     * @param value not empty, without white space around it
     */
    static @Nullable String of(String value) {
        if (SpreadsheetErrors.isOne(value)) {
            return "has the error %s of the spreadsheet program instead of a value: mend its formula, or clear the cell"
                    .formatted(value);
        }
        if (isTooNarrow(value)) {
            return "has %s instead of a value: its column was too narrow; widen the column, and save the file again"
                    .formatted(Excerpt.of(value));
        }
        return isShortened(value) ? Digits.lost(value).reason() : null;
    }

    /** Excel writes what it shows into a CSV file, and shows a number or date that has no room as these signs. */
    private static boolean isTooNarrow(String value) {
        return value.length() >= FEWEST_SIGNS
                && value.charAt(0) == '#'
                && value.chars().allMatch(c -> c == '#');
    }

    private static boolean isShortened(String value) {
        return value.length() >= SHORTEST_NUMBER
                && value.length() <= LONGEST_NUMBER
                && mayBeNumber(value.charAt(0))
                && Digits.isDigit(ascii(value.charAt(value.length() - 1)))
                && hasExponent(value)
                && NUMBER.matcher(ascii(value)).matches();
    }

    private static boolean mayBeNumber(char c) {
        var ascii = ascii(c);
        return Digits.isDigit(ascii) || ascii == '+' || ascii == '-';
    }

    private static boolean hasExponent(String value) {
        for (var i = 1; i < value.length(); i++) {
            var ascii = ascii(value.charAt(i));
            if (ascii == 'E' || ascii == 'e') {
                return true;
            }
        }
        return false;
    }

    /** East Asian programs know the same signs at full width. */
    private static String ascii(String value) {
        var ascii = new StringBuilder(value.length());
        for (var i = 0; i < value.length(); i++) {
            ascii.append(ascii(value.charAt(i)));
        }
        return ascii.toString();
    }

    private static char ascii(char c) {
        if (c == MINUS) {
            return '-';
        }
        return c > 0xFF00 && c < 0xFF5F ? (char) (c - FULL_WIDTH) : c;
    }
}
