package io.sluice.importer.xlsx;

import io.sluice.importer.xlsx.NumberFormat.Look;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a workbook are written. A date is a number, too; only the style of its cell tells. A duration is
 * written as its cell shows it. Every other number is written in plain digits, whatever its style; a style of zeros
 * adds leading zeros.
 */
final class NumberStyles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    /** Excel calculates in binary floating point and shows 15 digits. */
    private static final MathContext CERTAIN = new MathContext(15);

    private static final double SIXTEEN_DIGITS = 1e15;
    /** Excel writes no longer format. */
    private static final int LONGEST_FORMAT = 255;
    /** Excel allows about 250. */
    private static final int MOST_FORMATS = 10_000;
    /** The day after the last day of the year 9999. */
    private static final double LAST_DAY = 2_958_466;
    /** A cell that shows only a time and has fewer days than this has no date: 25 hours, say, and not a day of 1900. */
    private static final double FIRST_YEAR = 366;

    private static final double MOST_DAYS = 1e9;

    private static final double HALF_A_SECOND = 0.5 / 86_400;

    private final List<NumberFormat> styles;
    private final boolean since1904;

    /** What the text of a number is. */
    enum Kind {
        NUMBER,
        /** A whole number of more than 15 digits: a spreadsheet program keeps only the first 15. */
        OVERLONG,
        /** A date, a time or a duration. */
        MOMENT,
    }

    /** A number as text. */
    record Shown(String text, Kind kind) {}

    private NumberStyles(List<NumberFormat> styles, boolean since1904) {
        this.styles = styles;
        this.since1904 = since1904;
    }

    /**
     * Reads the styles of a workbook.
     *
     * @param part null when the workbook has none
     * @param since1904 whether days are counted from 1904, as on an old Macintosh
     */
    static NumberStyles read(@Nullable PartReader part, boolean since1904) {
        var styles = new ArrayList<NumberFormat>();
        if (part == null) {
            return new NumberStyles(styles, since1904);
        }
        Map<Integer, NumberFormat> formats = new HashMap<>();
        var ofCells = false;
        try (part) {
            while (part.next()) {
                if (part.begins("numFmt") && !ofCells) {
                    var code = part.attribute("formatCode");
                    if (code != null && code.length() <= LONGEST_FORMAT) {
                        formats.put(number(part.attribute("numFmtId")), NumberFormat.of(code));
                    }
                    if (formats.size() > MOST_FORMATS) {
                        throw PartReader.damaged(null);
                    }
                } else if (part.begins("cellXfs")) {
                    ofCells = true;
                } else if (part.ends("cellXfs")) {
                    break;
                } else if (ofCells && part.begins("xf")) {
                    var id = number(part.attribute("numFmtId"));
                    var given = formats.get(id);
                    styles.add(given == null ? NumberFormat.builtIn(id) : given);
                }
            }
        }
        return new NumberStyles(styles, since1904);
    }

    /**
     * {@return a number as text}
     *
     * @param raw as it is in the file
     * @param style of its cell; null for none
     * @throws NumberFormatException when it is no number
     */
    Shown shown(String raw, @Nullable String style) {
        var format = of(style);
        if (format.isPlain() && isPlain(raw)) {
            return new Shown(raw, Kind.NUMBER);
        }
        var value = Double.parseDouble(raw);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(raw);
        }
        return switch (format.look(value)) {
            case Look.Moment(var hasDay)
            when value >= 0 && value < LAST_DAY -> new Shown(moment(value, hasDay), Kind.MOMENT);
            case Look.Elapsed(var duration)
            when Math.abs(value) < MOST_DAYS -> new Shown(duration.shown(value), Kind.MOMENT);
            case Look.Moment _, Look.Elapsed _ -> plain(raw, value, 0);
            case Look.Plain(var digits) -> plain(raw, value, digits);
        };
    }

    private static Shown plain(String raw, double value, int digits) {
        if (Math.abs(value) >= SIXTEEN_DIGITS) {
            return new Shown(new BigDecimal(raw).stripTrailingZeros().toPlainString(), Kind.OVERLONG);
        }
        var number =
                BigDecimal.valueOf(value).round(CERTAIN).stripTrailingZeros().toPlainString();
        return new Shown(padded(number, digits), Kind.NUMBER);
    }

    private String moment(double value, boolean hasDay) {
        var shown = BigDecimal.valueOf(value).round(CERTAIN).doubleValue();
        // a moment just before midnight is shown with its own day, not with the next one
        var isRounded = Math.floor(shown + HALF_A_SECOND) == Math.floor(shown);
        var moment = DateUtil.getLocalDateTime(shown, since1904, isRounded).truncatedTo(ChronoUnit.SECONDS);
        if (value < 1 || (!hasDay && value < FIRST_YEAR)) {
            return TIME.format(moment);
        }
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : DATE_TIME.format(moment);
    }

    /** {@return whether a number is written as it would be shown: at most 15 digits, and no zero before them} */
    private static boolean isPlain(String raw) {
        if (raw.isEmpty() || raw.length() > CERTAIN.getPrecision() || (raw.length() > 1 && raw.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String padded(String number, int digits) {
        return number.length() < digits && isPlain(number) ? "0".repeat(digits - number.length()) + number : number;
    }

    private NumberFormat of(@Nullable String style) {
        if (style == null) {
            return NumberFormat.GENERAL;
        }
        var index = number(style);
        return index >= 0 && index < styles.size() ? styles.get(index) : NumberFormat.GENERAL;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
