package io.sluice.stores.product;

import io.sluice.schemas.event.InvalidEventException;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The value that a filter looks for. A filter is sent as a text, but values in metadata have types. So a text that looks
 * like a number, a boolean or null means that value too, whatever way the number is written: {@code 5} finds 5 and 5.0.
 *
 * @param texts each of them passes
 * @param isNull whether null passes
 * @param truth the booleans that pass
 * @param whole the number, if it is a whole number of 64 bits
 * @param real the number, if a double holds it; there is none when metadata cannot hold it as a double
 */
public record FilterValue(
        Set<String> texts, boolean isNull, Set<Boolean> truth, OptionalLong whole, OptionalDouble real) {
    private static final String FIELD = "filter";
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final Pattern IN_QUOTES = Pattern.compile("\"(.*)\"", Pattern.DOTALL);
    private static final int MOST_DIGITS_OF_A_LONG = 19;
    /** A double has at most 1,074 digits behind the point. Computing with very many digits takes very long. */
    private static final int LONGEST_NUMBER = 1_100;

    public FilterValue {
        texts = Set.copyOf(texts);
        truth = Set.copyOf(truth);
    }

    /**
     * Reads the part behind the name. In quotation marks it is only a text.
     *
     * @throws InvalidEventException when it is a number that neither a 64-bit integer nor a double holds: metadata
     *     holds only its neighbors, so there is no exact answer
     */
    public static FilterValue parse(String text) {
        var quoted = IN_QUOTES.matcher(text);
        if (quoted.matches()) {
            return of(Set.of(text, quoted.group(1)));
        }
        return switch (text) {
            case "null" -> new FilterValue(Set.of(text), true, Set.of(), OptionalLong.empty(), OptionalDouble.empty());
            case "true", "false" ->
                new FilterValue(
                        Set.of(text),
                        false,
                        Set.of(Boolean.valueOf(text)),
                        OptionalLong.empty(),
                        OptionalDouble.empty());
            default -> JSON_NUMBER.matcher(text).matches() ? ofNumber(text) : of(Set.of(text));
        };
    }

    private static FilterValue of(Set<String> texts) {
        return new FilterValue(texts, false, Set.of(), OptionalLong.empty(), OptionalDouble.empty());
    }

    private static FilterValue ofNumber(String text) {
        var nearest = Double.parseDouble(text);
        if (Double.isInfinite(nearest)) {
            return of(Set.of(text)); // no metadata has such a number
        }
        var number = exact(text, nearest);
        var isDigits = DIGITS.matcher(text).matches();
        var whole = whole(number);
        var isReal = number.compareTo(new BigDecimal(nearest)) == 0
                || (!isDigits && number.compareTo(new BigDecimal(Double.toString(nearest))) == 0);
        if (!isReal && (whole.isEmpty() || !isDigits)) {
            throw unheld(nearest);
        }
        var real = isReal ? OptionalDouble.of(nearest) : OptionalDouble.empty();
        return new FilterValue(Set.of(text), false, Set.of(), whole, real);
    }

    private static BigDecimal exact(String text, double nearest) {
        if (text.length() > LONGEST_NUMBER) {
            throw unheld(nearest);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw unheld(nearest); // its exponent has more than 32 bits
        }
    }

    private static InvalidEventException unheld(double nearest) {
        return new InvalidEventException(
                FIELD,
                "has a number that metadata cannot hold: whole numbers go from -2^63 to 2^63-1, others are 64-bit"
                        + " doubles, of which the nearest is " + nearest
                        + ". To look for a text, put the value in quotation marks");
    }

    private static OptionalLong whole(BigDecimal number) {
        var digits = (long) number.precision() - number.scale();
        if (digits > MOST_DIGITS_OF_A_LONG || number.stripTrailingZeros().scale() > 0) {
            return OptionalLong.empty();
        }
        var integer = number.toBigInteger();
        return integer.bitLength() < Long.SIZE ? OptionalLong.of(integer.longValue()) : OptionalLong.empty();
    }
}
