package io.sluice.importer.xlsx;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.imports.text.CellText;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.poi.ss.SpreadsheetVersion;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of a workbook. */
final class WorkbookRows implements RowCursor {
    private static final int LAST_ROW = SpreadsheetVersion.EXCEL2007.getMaxRows();

    /**
     * What Excel shows where there is no value. A blank cell would empty its field when the mended file is sent again.
     */
    private static final String NO_VALUE = "#N/A";

    /** Day 0 of a workbook: a time without a day. */
    private static final String NO_DAY = "1899-12-30";

    private static final Pattern ISO =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})?T?([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\\.[0-9]+)?Z?");

    private final PartReader xml;
    private final SharedTexts texts;
    private final NumberStyles styles;
    private final MergedAreas.@Nullable Filler merged;
    private final FileLimits limits;
    private final StringBuilder text = new StringBuilder();
    private final BitSet seen = new BitSet();

    private RowCells cells;
    private int column;

    WorkbookRows(PartReader xml, SharedTexts texts, NumberStyles styles, MergedAreas merged, FileLimits limits) {
        this.xml = xml;
        this.texts = texts;
        this.styles = styles;
        this.merged = merged.isEmpty() ? null : merged.filler(limits.columns());
        this.limits = limits;
        this.cells = new RowCells(0, false, 0, limits);
    }

    @Override
    public @Nullable Row next() {
        while (xml.next()) {
            if (xml.begins("row")) {
                beginRow();
            } else if (xml.begins("c")) {
                cell();
            } else if (xml.ends("row") && !cells.isBlank()) {
                if (merged != null) {
                    merged.fill(cells);
                }
                return cells.row();
            } else if (xml.ends("sheetData")) {
                return null;
            }
        }
        return null;
    }

    private void beginRow() {
        var given = xml.attribute("r");
        var next = given == null ? cells.number() + 1 : parsed(given.strip());
        // areas are filled from the top, so rows in another order cannot be
        var isLate = next < cells.number() && merged != null;
        if (next < 1 || next > LAST_ROW || seen.get(next) || isLate) {
            throw PartReader.damaged(null);
        }
        seen.set(next);
        cells = new RowCells(next, isTrue(xml.attribute("hidden")), cells.size(), limits);
        column = -1;
    }

    private void cell() {
        var reference = xml.attribute("r");
        column = reference == null ? column + 1 : column(reference);
        var type = Objects.requireNonNullElse(xml.attribute("t"), "n");
        var style = xml.attribute("s");
        var hasFormula = false;
        var hasValue = false;
        text.setLength(0);
        while (xml.next() && !xml.ends("c")) {
            if (xml.begins("v") || xml.begins("t")) {
                xml.text(text);
                hasValue = true;
            } else if (xml.begins("f")) {
                hasFormula = true;
                xml.skip();
            } else if (xml.begins("rPh")) {
                xml.skip();
            }
        }
        var value = text.toString();
        var isMissing = !hasValue || (type.equals("n") && value.isBlank());
        if (hasFormula && isMissing) {
            cells.put(column, NO_VALUE);
            cells.fault(column, "has a formula without its result: open the file in Excel, and save it anew");
        } else if (!isMissing) {
            value(type, style, value);
        }
    }

    private void value(String type, @Nullable String style, String value) {
        switch (type) {
            case "s" -> {
                var shared = texts.get(value);
                if (shared == null) {
                    cells.put(column, NO_VALUE);
                    cells.fault(
                            column,
                            "names a text that the file does not have: open the file in Excel, and look for it");
                } else {
                    cells.put(column, CellText.unguard(shared));
                }
            }
            case "inlineStr", "str" -> cells.put(column, CellText.unguard(EscapedText.decoded(value)));
            case "b" -> cells.put(column, isTrue(value.strip()) ? "true" : "false");
            case "d" -> cells.put(column, moment(value.strip()));
            case "e" -> {
                cells.put(column, value);
                cells.fault(column, "has the error %s instead of a value".formatted(value));
            }
            default -> number(style, value.strip());
        }
    }

    private void number(@Nullable String style, String value) {
        try {
            var shown = styles.shown(value, style);
            cells.put(column, shown.text());
            switch (shown.kind()) {
                case NUMBER -> cells.number(column);
                case OVERLONG -> {
                    cells.number(column);
                    cells.overlong(column);
                }
                case MOMENT -> {}
            }
        } catch (NumberFormatException e) {
            cells.put(column, value);
            cells.fault(column, "is stored as a number and is not one");
        }
    }

    /** Writes a moment (ISO 8601) as the numbers that are moments are written. A cell has no time zone. */
    private static String moment(String value) {
        var iso = ISO.matcher(value);
        if (!iso.matches()) {
            return value;
        }
        var day = iso.group(1);
        var time = iso.group(2) + Objects.requireNonNullElse(iso.group(3), ":00");
        if (day == null || day.equals(NO_DAY)) {
            return time;
        }
        return time.equals("00:00:00") ? day : day + "T" + time;
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null
                && (value.equals("1") || value.toLowerCase(Locale.ROOT).equals("true"));
    }

    /** {@return the column that a reference such as {@code AB12} names, from 0} */
    private static int column(String reference) {
        int column = 0;
        int at = 0;
        while (at < reference.length() && at < 4) {
            var letter = reference.charAt(at) & ~0x20;
            if (letter < 'A' || letter > 'Z') {
                break;
            }
            column = column * 26 + (letter - 'A' + 1);
            at++;
        }
        if (at == 0 || at == 4) {
            throw PartReader.damaged(null);
        }
        return column - 1;
    }

    private static int parsed(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw PartReader.damaged(e);
        }
    }

    @Override
    public void close() {
        xml.close();
    }
}
