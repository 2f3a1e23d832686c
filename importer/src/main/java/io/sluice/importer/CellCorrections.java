package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Corrects the cells of a file by column, before the rules of the kind check them. The first pass counts what is
 * corrected, and the second pass corrects; so a note stands before any row is written. Most columns have no
 * corrections.
 */
final class CellCorrections {
    private final List<OfColumn> all;

    private CellCorrections(List<OfColumn> all) {
        this.all = List.copyOf(all);
    }

    /** A correction, and the column and field of its cells. */
    private record OfColumn(int column, Field field, CellCorrection correction) {}

    /**
     * {@return the corrections for a file}
     *
     * @param key the field that identifies a row
     * @param tellsNumbers whether its cells are numbers or texts; all cells of CSV are texts
     */
    static CellCorrections of(RecognizedColumns columns, Field key, boolean tellsNumbers) {
        var all = new ArrayList<OfColumn>();
        for (int column = 0; column < columns.all().size(); column++) {
            if (columns.field(column).isEmpty()) {
                continue;
            }
            var field = columns.field(column).get();
            if (field.equals(key)) {
                all.add(new OfColumn(column, field, new LookAlikeKey(field)));
            }
            if (field.padTo() > 0) {
                var zeros = new LeadingZeros(field, column, partner(field, columns), tellsNumbers);
                all.add(new OfColumn(column, field, zeros));
            }
            if (field.type() == FieldType.DATE) {
                all.add(new OfColumn(column, field, new TimeOfDate()));
            }
        }
        return new CellCorrections(all);
    }

    /** {@return the column whose cells say more about those of this field; -1 for none} */
    private static int partner(Field field, RecognizedColumns columns) {
        return switch (field.type()) {
            case SIRET -> ofType(FieldType.SIREN, columns);
            case SIREN -> ofType(FieldType.SIRET, columns);
            case TEXT, POSTCODE, PHONE, EMAIL, URL, NAF, SLUG, INTEGER, DECIMAL, DATE, BOOLEAN -> -1;
        };
    }

    private static int ofType(FieldType type, RecognizedColumns columns) {
        for (int column = 0; column < columns.all().size(); column++) {
            var field = columns.field(column);
            if (field.isPresent() && field.get().type() == type) {
                return column;
            }
        }
        return -1;
    }

    /** Looks at a row in the first pass. */
    void count(Row row) {
        var cells = row.cells();
        for (var each : all) {
            if (each.column() < cells.size() && !cells.get(each.column()).isEmpty()) {
                each.correction().count(row, cells.get(each.column()));
            }
        }
    }

    /** {@return the row's cells, corrected} */
    List<String> correct(Row row) {
        var cells = row.cells();
        List<String> corrected = cells;
        for (var each : all) {
            var isNeeded = each.correction().corrected() > 0
                    && each.column() < cells.size()
                    && !cells.get(each.column()).isEmpty();
            if (!isNeeded) {
                continue;
            }
            var cell = corrected.get(each.column());
            var right = each.correction().correct(row, cell);
            if (!right.equals(cell)) {
                corrected = corrected == cells ? new ArrayList<>(cells) : corrected;
                corrected.set(each.column(), right);
            }
        }
        return corrected;
    }

    /** {@return one sentence for each kind of correction that the counted cells need} */
    List<String> notes() {
        return Arrays.stream(CellCorrection.What.values()).flatMap(this::note).toList();
    }

    private Stream<String> note(CellCorrection.What what) {
        var needed = all.stream()
                .filter(each -> each.correction().what() == what)
                .filter(each -> each.correction().corrected() > 0)
                .toList();
        if (needed.isEmpty()) {
            return Stream.of();
        }
        var cells =
                needed.stream().mapToInt(each -> each.correction().corrected()).sum();
        var fields = needed.stream()
                .map(each -> "%,d in %s%s"
                        .formatted(
                                each.correction().corrected(),
                                each.field().name(),
                                each.correction().where()))
                .collect(Collectors.joining(", "));
        return Stream.of(what.note(cells, fields));
    }
}
