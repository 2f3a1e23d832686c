package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import io.sluice.imports.values.Form.Read.Good;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/** Numbers, and yes or no, as office programs in France and elsewhere write them. */
final class NumberForms {
    private static final Set<String> YES = Set.of("oui", "yes", "true", "vrai", "1");
    private static final Set<String> NO = Set.of("non", "no", "false", "faux", "0");

    /** One or two zeros may follow the decimal sign, as in a column of prices. Three would be thousands. */
    private static final Pattern WHOLE = Pattern.compile("([+-]?[0-9]+)(?:[.,]0{1,2})?");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)");
    /** A point or comma separates thousands when it comes more than once, or when the other one comes later. */
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\\1[0-9]{3})*");

    private NumberForms() {}

    static Read integer(String value) {
        var whole = WHOLE.matcher(Folding.withoutSpaces(value));
        if (!whole.matches()) {
            return Digits.wasNumber(value)
                    ? Digits.lost(value)
                    : new Bad("must be a whole number, is '%s'".formatted(Excerpt.of(value)));
        }
        var number = new BigInteger(whole.group(1));
        return number.bitLength() < Long.SIZE
                ? new Good(number.toString())
                : new Bad("must be a whole number of at most 18 digits, is '%s'".formatted(Excerpt.of(value)));
    }

    /** In {@code 1.234,5} and {@code 1,234.5} the last sign is the decimal one. {@code 1,234} alone is 1.234. */
    static Read decimal(String value) {
        var number = Folding.withoutSpaces(value);
        var sign = Math.max(number.lastIndexOf(','), number.lastIndexOf('.'));
        if (sign >= 0) {
            var whole = number.substring(0, sign);
            var both = whole.indexOf(',') >= 0 || whole.indexOf('.') >= 0;
            var repeats = both && THOUSANDS.matcher(number).matches();
            var grouped = both
                    && whole.indexOf(number.charAt(sign)) < 0
                    && THOUSANDS.matcher(whole).matches();
            number = repeats
                    ? withoutSigns(number)
                    : (grouped ? withoutSigns(whole) : whole) + "." + number.substring(sign + 1);
        }
        if (!NUMBER.matcher(number).matches()) {
            return Digits.wasNumber(value)
                    ? Digits.lost(value)
                    : new Bad("must be a number such as 12.5, is '%s'".formatted(Excerpt.of(value)));
        }
        var decimal = new BigDecimal(number);
        return new Good(
                decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString());
    }

    static Read yesOrNo(String value) {
        var folded = Folding.fold(value);
        if (YES.contains(folded)) {
            return new Good("true");
        }
        return NO.contains(folded)
                ? new Good("false")
                : new Bad("must be oui or non (or yes, no, true, false, 1, 0), is '%s'".formatted(Excerpt.of(value)));
    }

    private static String withoutSigns(String number) {
        return number.replace(",", "").replace(".", "");
    }
}
