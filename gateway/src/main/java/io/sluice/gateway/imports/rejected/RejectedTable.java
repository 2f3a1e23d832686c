package io.sluice.gateway.imports.rejected;

import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The columns of a file of rejected rows: those of the imported file, {@code row_number} and {@code error}. */
final class RejectedTable {
    private static final String ROW_NUMBER = "row_number";
    private static final String ERROR = "error";

    private final List<String> columns;
    private final Map<String, String> fields;

    /**
     * Leaves out our two columns, which a file that was corrected and sent again already has.
     *
     * @param header of the imported file; null for the headers of the first rows
     * @param fields the field that each column became, by header
     */
    RejectedTable(@Nullable List<String> header, Map<String, String> fields, List<Rejected> first) {
        this.columns = (header == null ? headerOf(first) : header)
                .stream()
                        .filter(name -> !name.equalsIgnoreCase(ROW_NUMBER) && !name.equalsIgnoreCase(ERROR))
                        .toList();
        this.fields = Map.copyOf(fields);
    }

    private static List<String> headerOf(List<Rejected> rows) {
        var header = new LinkedHashSet<String>();
        rows.forEach(row -> header.addAll(row.cells().keySet()));
        return List.copyOf(header);
    }

    /** {@return the headers of all columns} */
    List<String> titles() {
        var titles = new ArrayList<>(columns);
        titles.add(ROW_NUMBER);
        titles.add(ERROR);
        return titles;
    }

    /** {@return the column of the row's number, from 0} */
    int rowNumberColumn() {
        return columns.size();
    }

    /** {@return the column of the reasons, from 0} */
    int errorColumn() {
        return columns.size() + 1;
    }

    /** {@return the row's cells in all columns} */
    List<String> cells(Rejected row) {
        var cells = new ArrayList<String>(columns.size() + 2);
        columns.forEach(column -> cells.add(row.cells().getOrDefault(column, "")));
        cells.add(String.valueOf(row.rowNumber()));
        cells.add(Reason.sentences(row.reasons()));
        return cells;
    }

    /** {@return a new map of the reasons by the column whose cell is wrong; others are at the column {@code error}} */
    Map<Integer, String> reasons(Rejected row) {
        var reasons = new TreeMap<Integer, String>();
        for (var reason : row.reasons()) {
            reasons.merge(column(reason.field()), reason.sentence(), (one, other) -> one + "\n" + other);
        }
        return reasons;
    }

    private int column(@Nullable String field) {
        for (var i = 0; field != null && i < columns.size(); i++) {
            if (field.equals(fields.getOrDefault(columns.get(i), columns.get(i)))) {
                return i;
            }
        }
        return errorColumn();
    }
}
