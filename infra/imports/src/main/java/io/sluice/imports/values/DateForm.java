package io.sluice.imports.values;

import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import io.sluice.imports.values.Form.Read.Good;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as office programs and databases write them. A time after the date is left out. Its time zone does not move the
 * date, because the date that people wrote or saw is the one in the text.
 */
public final class DateForm {
    private static final int LONGEST_DATE = 10;
    private static final String SPACE = "[ \\u00A0\\u2007\\u2009\\u202F]";
    private static final String ZONE = "(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)(?:\\[[A-Za-z/_+-]{1,40}])?";
    private static final String TIME = "(?<time>(?:T|,?%1$s+(?:[aà]%1$s+)?)"
            + "(?:[01]?[0-9]|2[0-4])(?:[:.][0-5]?[0-9]|[hH](?:[0-5][0-9])?)(?:[:.m](?:[0-5]?[0-9]|60)s?(?:[.,][0-9]{1,9})?)?"
            + "(?:%1$s?[AaPp]\\.?[Mm]\\.?)?(?:%1$s?%2$s)?)?";
    private static final String AFTER_DATE = TIME.formatted(SPACE, ZONE);

    private static final Pattern ISO =
            Pattern.compile("(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})" + AFTER_DATE);
    private static final Pattern FRENCH =
            Pattern.compile("(?<day>[0-9]{1,2})[/.-](?<month>[0-9]{1,2})[/.-](?<year>[0-9]{4})" + AFTER_DATE);

    private DateForm() {}

    /** {@return whether the value is a date and a time} */
    public static boolean hasTime(String value) {
        if (value.length() <= LONGEST_DATE) {
            return false;
        }
        var written = matcher(Folding.strip(value));
        return written.matches() && written.group("time") != null && date(written, value) instanceof Good;
    }

    static Read date(String value) {
        var written = matcher(value);
        return written.matches() ? date(written, value) : noDay(value);
    }

    private static Matcher matcher(String value) {
        return (value.length() > 4 && value.charAt(4) == '-' ? ISO : FRENCH).matcher(value);
    }

    private static Read date(Matcher written, String value) {
        try {
            var date = LocalDate.of(number(written, "year"), number(written, "month"), number(written, "day"));
            return date.getYear() > 0 ? new Good(date.toString()) : noDay(value);
        } catch (DateTimeException e) {
            return noDay(value);
        }
    }

    private static int number(Matcher written, String part) {
        return Integer.parseInt(written.group(part));
    }

    private static Read noDay(String value) {
        return new Bad("must be a date such as 2026-12-31 or 31/12/2026, is '%s'".formatted(Excerpt.of(value)));
    }
}
