package io.sluice.importer.xlsx;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a workbook are written. A date is a number, too; only the style of its cell tells. Every other
 * number is written in plain digits, whatever its style; a style of zeros alone adds leading zeros.
 */
final class NumberStyles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final Pattern ZEROS = Pattern.compile("0{2,30}");
    private static final Pattern PLAIN = Pattern.compile("(?:0|[1-9][0-9]{0,14})");
    /** Excel calculates in binary floating point and shows 15 digits. */
    private static final MathContext CERTAIN = new MathContext(15);
    /** Excel writes no longer format, and the time to look at one grows with the square of its length. */
    private static final int LONGEST_FORMAT = 255;
    /** The day after the last day of the year 9999. */
    private static final double LAST_DAY = 2_958_466;

    private enum Look {
        NUMBER,
        DATE,
    }

    private record Style(Look look, int digits) {}

    private static final Style GENERAL = new Style(Look.NUMBER, 0);

    private final List<Style> styles;
    private final boolean since1904;

    private NumberStyles(List<Style> styles, boolean since1904) {
        this.styles = styles;
        this.since1904 = since1904;
    }

    /**
     * Reads the styles of a workbook.
     *
     * @param part null when the workbook has none
     * @param since1904 whether days are counted from 1904, as on an old Macintosh
     */
    static NumberStyles read(@Nullable InputStream part, boolean since1904) {
        var styles = new ArrayList<Style>();
        if (part == null) {
            return new NumberStyles(styles, since1904);
        }
        Map<Integer, String> formats = new HashMap<>();
        var ofCells = false;
        try (var xml = new PartReader(part)) {
            while (xml.next()) {
                if (xml.begins("numFmt")) {
                    var code = xml.attribute("formatCode");
                    var usable = code != null && code.length() <= LONGEST_FORMAT;
                    formats.put(number(xml.attribute("numFmtId")), usable ? code : "");
                } else if (xml.begins("cellXfs")) {
                    ofCells = true;
                } else if (xml.ends("cellXfs")) {
                    ofCells = false;
                } else if (ofCells && xml.begins("xf")) {
                    styles.add(style(number(xml.attribute("numFmtId")), formats));
                }
            }
        }
        return new NumberStyles(styles, since1904);
    }

    private static Style style(int id, Map<Integer, String> formats) {
        var code = formats.getOrDefault(id, "");
        if (DateUtil.isADateFormat(id, code)) {
            return new Style(Look.DATE, 0);
        }
        return new Style(Look.NUMBER, ZEROS.matcher(code).matches() ? code.length() : 0);
    }

    /** {@return whether a cell of this style holds a day or a time} */
    boolean isDate(@Nullable String style) {
        return of(style).look() == Look.DATE;
    }

    /**
     * {@return a number as text}
     *
     * @param raw as it is in the file
     * @param style of its cell; null for none
     * @throws NumberFormatException when it is no number
     */
    String shown(String raw, @Nullable String style) {
        var look = of(style);
        if (look.look() == Look.NUMBER && PLAIN.matcher(raw).matches()) {
            return padded(raw, look.digits());
        }
        var value = Double.parseDouble(raw);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(raw);
        }
        if (look.look() == Look.DATE && value >= 0 && value < LAST_DAY) {
            return date(value);
        }
        var digits =
                BigDecimal.valueOf(value).round(CERTAIN).stripTrailingZeros().toPlainString();
        return padded(digits, look.digits());
    }

    private String date(double value) {
        var moment = DateUtil.getLocalDateTime(value, since1904, true);
        if (value < 1) {
            return TIME.format(moment);
        }
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : DATE_TIME.format(moment);
    }

    private static String padded(String number, int digits) {
        return number.length() < digits && number.chars().allMatch(c -> c >= '0' && c <= '9')
                ? "0".repeat(digits - number.length()) + number
                : number;
    }

    private Style of(@Nullable String style) {
        if (style == null) {
            return GENERAL;
        }
        var index = number(style);
        return index >= 0 && index < styles.size() ? styles.get(index) : GENERAL;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
