package io.sluice.importer;

import io.sluice.importer.FirstPass.Findings;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.RowRules;
import io.sluice.imports.values.RowRules.Checked.Accepted;
import io.sluice.imports.values.RowRules.Checked.Refused;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.imports.ImportRow.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a row of a file into what is published: the row under its natural key, or its rejection with every reason.
 * Loops, not streams, where every row comes through.
 */
final class RowConverter {
    private static final int QUOTED = 40;
    private static final int LONGEST_REASON = 1_000;

    private final String importId;
    private final ImportKind kind;
    private final RecognizedColumns columns;
    private final CellsBeyondHeader beyondHeader;
    private final RowRules rules;
    private final CellCorrections corrections;
    private final MarkedCells marked;
    private final int headers;

    RowConverter(String importId, ImportKind kind, Findings findings) {
        this.importId = importId;
        this.kind = kind;
        this.columns = findings.columns();
        this.beyondHeader = findings.beyondHeader();
        this.rules = new RowRules(kind);
        this.corrections = findings.corrections();
        this.marked = new MarkedCells(columns);
        this.headers = columns.all().stream()
                .mapToInt(column -> column.header().length())
                .sum();
    }

    /**
     * What is published for a row.
     *
     * @param size of its texts and their names, in characters
     */
    record Converted(String key, ImportRow row, int size) {}

    /** {@return the row, or its rejection} */
    Converted convert(Row row) {
        var size = headers;
        for (var cell : row.cells()) {
            size += cell.length();
        }
        if (size > FileLimits.ROW_LENGTH) {
            var reason = "The row and its header have %,d characters; at most %,d are allowed. Its cells are not shown"
                    .formatted(size, FileLimits.ROW_LENGTH);
            return rejected(row.number(), Map.of(), List.of(new Reason(null, reason)), 0);
        }
        var cells = corrections.correct(row);
        var faults = faults(row);
        if (!faults.isEmpty()) {
            return rejected(row.number(), shown(row, cells), faults, size);
        }
        return switch (rules.check(columns.fields(cells, row.missing()))) {
            case Accepted(var key, var fields) ->
                new Converted(Data.key(kind.name(), key), new Data(kind.name(), importId, row.number(), fields), size);
            case Refused(var reasons) -> rejected(row.number(), shown(row, cells), reasons, size);
        };
    }

    private Map<String, String> shown(Row row, List<String> cells) {
        var shown = columns.cells(cells, row.missing());
        beyondHeader.addTo(shown, row);
        return shown;
    }

    private Converted rejected(int number, Map<String, String> cells, List<Reason> reasons, int size) {
        var storable = reasons.stream()
                .map(reason -> new Reason(reason.field(), StorableText.of(reason.message(), LONGEST_REASON)))
                .toList();
        var rejection = new Rejection(importId, number, StorableText.ofAll(cells), storable);
        return new Converted(rejection.key(), rejection, size);
    }

    private List<Reason> faults(Row row) {
        var reasons = new ArrayList<Reason>(0);
        var isWhole = true;
        for (var fault : row.faults()) {
            isWhole &= fault.column() != null;
            reasons.add(reason(fault));
        }
        for (var fault : marked.faults(row)) {
            reasons.add(reason(fault));
        }
        if (isWhole) {
            addTextBeyondHeader(row, reasons);
        }
        return reasons;
    }

    private Reason reason(Fault fault) {
        var column = fault.column();
        return new Reason(column == null ? null : name(column), fault.message());
    }

    private void addTextBeyondHeader(Row row, List<Reason> reasons) {
        for (var cell : beyondHeader.of(row)) {
            if (!Folding.isBlank(cell)) {
                reasons.add(new Reason(
                        null, "The row has text beyond the last column of the header: '%s'".formatted(abridged(cell))));
                return;
            }
        }
    }

    private String name(int column) {
        return columns.field(column)
                .map(field -> field.name())
                .orElseGet(() -> column < columns.all().size()
                        ? columns.all().get(column).header()
                        : "column " + (column + 1));
    }

    private static String abridged(String text) {
        return StorableText.of(text.strip(), QUOTED);
    }
}
