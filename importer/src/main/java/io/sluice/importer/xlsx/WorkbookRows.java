package io.sluice.importer.xlsx;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.imports.text.CellText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.poi.ss.SpreadsheetVersion;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of a workbook. */
final class WorkbookRows implements RowCursor {
    private static final int LAST_ROW = SpreadsheetVersion.EXCEL2007.getMaxRows();

    /**
     * What Excel shows where there is no value. A blank cell would empty its field when the mended file is sent again.
     */
    private static final String NO_VALUE = "#N/A";

    private final PartReader xml;
    private final SharedTexts texts;
    private final NumberStyles styles;
    private final FileLimits limits;
    private final StringBuilder text = new StringBuilder();

    private int number;
    private int column;
    private int size;
    private List<String> cells = new ArrayList<>();
    private Set<Integer> numbers = new HashSet<>();
    private List<Fault> faults = new ArrayList<>();

    WorkbookRows(InputStream part, SharedTexts texts, NumberStyles styles, FileLimits limits) {
        this.xml = new PartReader(part);
        this.texts = texts;
        this.styles = styles;
        this.limits = limits;
    }

    @Override
    public @Nullable Row next() {
        while (xml.next()) {
            if (xml.begins("row")) {
                beginRow();
            } else if (xml.begins("c")) {
                cell();
            } else if (xml.ends("row") && !(cells.isEmpty() && faults.isEmpty())) {
                return new Row(number, cells, numbers, Set.of(), faults);
            } else if (xml.ends("sheetData")) {
                return null;
            }
        }
        return null;
    }

    private void beginRow() {
        var given = xml.attribute("r");
        var next = given == null ? number + 1 : parsed(given);
        if (next <= number || next > LAST_ROW) {
            throw PartReader.damaged(null);
        }
        number = next;
        column = -1;
        size = 0;
        cells = new ArrayList<>(cells.size());
        numbers = new HashSet<>();
        faults = new ArrayList<>();
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
        if (hasFormula && !hasValue) {
            put(NO_VALUE);
            faults.add(new Fault(column, "has a formula without its result: open the file in Excel, and save it anew"));
        } else if (hasValue) {
            value(type, style, text.toString());
        }
    }

    private void value(String type, @Nullable String style, String value) {
        switch (type) {
            case "s" -> {
                var shared = texts.get(value);
                if (shared == null) {
                    throw PartReader.damaged(null);
                }
                put(CellText.unguard(shared));
            }
            case "inlineStr", "str" -> put(CellText.unguard(EscapedText.decoded(value)));
            case "b" -> put(value.strip().equals("1") ? "true" : "false");
            case "d" -> put(value.endsWith("T00:00:00") ? value.substring(0, value.indexOf('T')) : value);
            case "e" -> {
                put(value);
                faults.add(new Fault(column, "has the error %s instead of a value".formatted(value)));
            }
            default -> number(style, value.strip());
        }
    }

    private void number(@Nullable String style, String value) {
        if (value.isEmpty()) {
            return;
        }
        try {
            put(styles.shown(value, style));
            if (!styles.isDate(style)) {
                numbers.add(column);
            }
        } catch (NumberFormatException e) {
            put(value);
            faults.add(new Fault(column, "is stored as a number and is not one"));
        }
    }

    /** Adds a value to the row. Blank cells take no memory: sheets have thousands of them, for their colors. */
    private void put(String value) {
        if (value.isBlank()) {
            return;
        }
        if (column >= limits.columns()) {
            throw limits.tooManyColumns(number);
        }
        if (column < cells.size()) {
            throw PartReader.damaged(null);
        }
        while (cells.size() < column) {
            cells.add("");
        }
        size += value.length();
        // the size alone rejects a row beyond the limit, so its further cells are not kept
        cells.add(size > 2 * FileLimits.ROW_LENGTH ? "" : value);
    }

    /** {@return the column that a reference such as {@code AB12} names, from 0} */
    private static int column(String reference) {
        int column = 0;
        int at = 0;
        while (at < reference.length() && reference.charAt(at) >= 'A' && reference.charAt(at) <= 'Z' && at < 4) {
            column = column * 26 + (reference.charAt(at) - 'A' + 1);
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
