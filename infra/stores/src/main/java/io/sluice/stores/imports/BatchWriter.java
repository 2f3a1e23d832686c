package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStore.RowOutcome.CANCELED;
import static io.sluice.stores.imports.RowStore.RowOutcome.REJECTED;

import io.sluice.imports.kind.ImportKind;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.stores.imports.OutcomeTable.RecordedOutcome;
import io.sluice.stores.imports.OutcomeTable.RowsTotal;
import io.sluice.stores.imports.RowStatement.Values;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one batch within a transaction: the rows, the outcomes of rows that belong to an import, and the totals. */
final class BatchWriter {
    private final Connection connection;
    private final OffsetDateTime now;
    private final Map<String, LockedImport> imports;
    private final Map<String, ImportKind> kinds;
    /** Outcomes of rows that are not written to a table. The statements that write rows insert the other outcomes. */
    private final List<RecordedOutcome> outcomes = new ArrayList<>();

    private final Set<RowPosition> seenPositions = new HashSet<>();

    /**
     * Makes a writer for one transaction.
     *
     * @param imports the known imports of the batch, by id
     * @param kinds the kinds whose table is prepared, by name
     */
    BatchWriter(
            Connection connection,
            OffsetDateTime now,
            Map<String, LockedImport> imports,
            Map<String, ImportKind> kinds) {
        this.connection = connection;
        this.now = now;
        this.imports = imports;
        this.kinds = kinds;
    }

    /**
     * A row to write.
     *
     * @param owner the import it belongs to; null when it belongs to none
     */
    private record PendingRow(Row row, @Nullable LockedImport owner) {
        boolean runsDry() {
            return owner != null && owner.runsDry();
        }

        boolean createsCategories() {
            return owner == null || owner.createsCategories();
        }
    }

    /**
     * The position of a row in an import's file. A record that is delivered again has the same position, even when its
     * content differs.
     */
    private record RowPosition(int importNumber, int rowNumber) {}

    /** What the rows of one statement have in common. */
    private record StatementShape(String kind, Set<String> columns, boolean dry) {}

    void write(Batch batch) throws SQLException {
        writeRows(batch.rows());
        for (var result : batch.results()) {
            var owner = imports.get(result.importId());
            if (owner != null) {
                outcomes.add(outcome(owner, result));
            }
        }
        for (var rejection : batch.rejections()) {
            var owner = imports.get(rejection.importId());
            if (owner != null) {
                outcomes.add(outcome(owner, rejection));
            }
        }
        OutcomeTable.insert(connection, outcomes);
        OutcomeTable.insertTotals(connection, totals(batch.ends()));
    }

    private void writeRows(List<Row> rows) throws SQLException {
        var pending = new ArrayList<PendingRow>(rows.size());
        for (var row : rows) {
            var importId = row.data().importId();
            var owner = importId == null ? null : imports.get(importId);
            if (owner != null && owner.canceled()) {
                outcomes.add(new RecordedOutcome(owner.number(), rowNumber(row), CANCELED));
            } else if (importId == null || isNew(owner, row)) {
                pending.add(new PendingRow(row, owner));
            }
        }
        for (var round : rounds(withKnownCategories(pending))) {
            for (var alike : round.entrySet()) {
                statement(alike.getKey()).run(connection, alike.getValue(), now);
            }
        }
    }

    private boolean isNew(@Nullable LockedImport owner, Row row) {
        return owner != null && seenPositions.add(new RowPosition(owner.number(), rowNumber(row)));
    }

    private RowStatement statement(StatementShape shape) {
        var kind = kinds.get(shape.kind());
        if (kind == null) {
            throw new IllegalStateException("the table of " + shape.kind() + " is not prepared");
        }
        return RowStatement.fitting(kind, shape.columns(), shape.dry());
    }

    /** Creates missing categories where that is allowed. Rejects rows of imports whose categories are still missing. */
    private List<PendingRow> withKnownCategories(List<PendingRow> rows) throws SQLException {
        var categories = new CategoryReferences(connection, now, kinds);
        categories.resolve(rows.stream().map(BatchWriter::referringRow).toList());
        var written = new ArrayList<PendingRow>(rows.size());
        for (var row : rows) {
            var reasons = categories.reasons(referringRow(row));
            var owner = row.owner();
            if (reasons.isEmpty() || owner == null) {
                written.add(row);
            } else {
                var cells = owner.columns().cells(row.row().data().fields());
                outcomes.add(new RecordedOutcome(owner.number(), rowNumber(row.row()), REJECTED, cells, reasons));
            }
        }
        return written;
    }

    private static CategoryReferences.ReferringRow referringRow(PendingRow row) {
        return new CategoryReferences.ReferringRow(
                row.row().kind(), row.row().data().fields(), row.createsCategories(), row.runsDry());
    }

    /**
     * Splits rows into rounds, so that no key occurs twice in a round and the last row of a key wins: the first round
     * has the first row of every key, the next round the second. Usually there is one round.
     */
    private static List<Map<StatementShape, List<Values>>> rounds(List<PendingRow> rows) {
        var rounds = new ArrayList<Map<StatementShape, List<Values>>>();
        var seen = new HashMap<String, Map<String, Integer>>();
        for (var each : rows) {
            var row = each.row();
            var round = seen.computeIfAbsent(row.kind().name(), _ -> new HashMap<>())
                            .merge(row.key(), 1, Integer::sum)
                    - 1;
            if (round == rounds.size()) {
                rounds.add(new LinkedHashMap<>());
            }
            var number = each.owner() == null ? null : (Integer) each.owner().number();
            rounds.get(round)
                    .computeIfAbsent(
                            new StatementShape(
                                    row.kind().name(), row.data().fields().keySet(), each.runsDry()),
                            _ -> new ArrayList<>())
                    .add(new Values(
                            number,
                            row.data().rowNumber(),
                            row.key(),
                            row.data().fields()));
        }
        rounds.forEach(round -> round.values().forEach(values -> values.sort(Comparator.comparing(Values::key))));
        return rounds;
    }

    private static RecordedOutcome outcome(LockedImport owner, ImportRow.Rejection rejection) {
        return owner.canceled()
                ? new RecordedOutcome(owner.number(), rejection.rowNumber(), CANCELED)
                : new RecordedOutcome(
                        owner.number(), rejection.rowNumber(), REJECTED, rejection.cells(), rejection.reasons());
    }

    private static RecordedOutcome outcome(LockedImport owner, RowResult result) {
        if (result.outcome() != REJECTED) {
            return new RecordedOutcome(
                    owner.number(), result.rowNumber(), owner.canceled() ? CANCELED : result.outcome());
        }
        var cells = owner.columns().cells(result.fields());
        return outcome(owner, new ImportRow.Rejection(result.importId(), result.rowNumber(), cells, result.reasons()));
    }

    private List<RowsTotal> totals(List<ImportRow.End> ends) {
        var totals = new ArrayList<RowsTotal>(ends.size());
        for (var end : ends) {
            var owner = imports.get(end.importId());
            if (owner != null) {
                totals.add(new RowsTotal(owner.number(), end.rowsTotal()));
            }
        }
        return totals;
    }

    private static int rowNumber(Row row) {
        var number = row.data().rowNumber();
        if (number == null) {
            throw new IllegalArgumentException("a row of an import must have a number");
        }
        return number;
    }
}
