package io.sluice.importer;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.Row;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.ImportKind;
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

/** Turns a row of a file into what is published: the row under its natural key, or its rejection with every reason. */
final class RowConverter {
    private static final int QUOTED = 40;
    private static final int LONGEST_REASON = 1_000;

    private final String importId;
    private final ImportKind kind;
    private final RecognizedColumns columns;
    private final CellsBeyondHeader beyondHeader;
    private final RowRules rules;
    private final LeadingZeros zeros;
    private final int headers;

    RowConverter(String importId, ImportKind kind, RecognizedColumns columns, CellsBeyondHeader beyondHeader) {
        this.importId = importId;
        this.kind = kind;
        this.columns = columns;
        this.beyondHeader = beyondHeader;
        this.rules = new RowRules(kind);
        this.zeros = new LeadingZeros(columns);
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
        var size = headers + row.cells().stream().mapToInt(String::length).sum();
        if (size > FileLimits.ROW_LENGTH) {
            var reason = "The row and its header have %,d characters; at most %,d are allowed. Its cells are not shown"
                    .formatted(size, FileLimits.ROW_LENGTH);
            return rejected(row.number(), Map.of(), List.of(new Reason(null, reason)), 0);
        }
        var cells = zeros.restored(row);
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
        var reasons = new ArrayList<Reason>();
        for (var fault : row.faults()) {
            var column = fault.column();
            reasons.add(new Reason(column == null ? null : name(column), fault.message()));
        }
        if (row.faults().stream().allMatch(fault -> fault.column() != null)) {
            beyondHeader.of(row).stream()
                    .filter(cell -> !cell.isBlank())
                    .findFirst()
                    .ifPresent(cell -> reasons.add(new Reason(
                            null,
                            "The row has text beyond the last column of the header: '%s'".formatted(abridged(cell)))));
        }
        return reasons;
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
