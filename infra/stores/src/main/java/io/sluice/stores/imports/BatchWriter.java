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

    private record KindAndKey(String kind, String key) {}

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
            var position = RowPosition.of(row);
            if (position.isEmpty()) {
                pending.add(new PendingRow(row, null));
                continue;
            }
            var owner = imports.get(position.get().importId());
            if (owner != null && owner.canceled()) {
                outcomes.add(new RecordedOutcome(owner.number(), position.get().rowNumber(), CANCELED));
            } else if (owner != null && seenPositions.add(position.get())) {
                pending.add(new PendingRow(row, owner));
            }
        }
        for (var round : rounds(withKnownCategories(pending))) {
            for (var alike : round.entrySet()) {
                statement(alike.getKey()).run(connection, alike.getValue(), now);
            }
        }
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
                var position = RowPosition.of(row.row()).orElseThrow();
                var cells = owner.columns().cells(row.row().data().fields());
                outcomes.add(new RecordedOutcome(owner.number(), position.rowNumber(), REJECTED, cells, reasons));
            }
        }
        return written;
    }

    private static CategoryReferences.ReferringRow referringRow(PendingRow row) {
        return new CategoryReferences.ReferringRow(
                row.row().kind(), row.row().data().fields(), row.createsCategories(), row.runsDry());
    }

    /** Returns rounds of rows with distinct keys, and within each round the values by statement, sorted by key. */
    private static List<Map<StatementShape, List<Values>>> rounds(List<PendingRow> rows) {
        var rounds = new ArrayList<Map<StatementShape, List<Values>>>();
        for (var round : RowRounds.of(
                rows,
                each -> new KindAndKey(each.row().kind().name(), each.row().key()))) {
            var statements = new LinkedHashMap<StatementShape, List<Values>>();
            for (var each : round) {
                var shape = new StatementShape(
                        each.row().kind().name(), each.row().data().fields().keySet(), each.runsDry());
                statements.computeIfAbsent(shape, _ -> new ArrayList<>()).add(values(each));
            }
            statements.values().forEach(values -> values.sort(Comparator.comparing(Values::key)));
            rounds.add(statements);
        }
        return rounds;
    }

    private static Values values(PendingRow pending) {
        var row = pending.row();
        var number = pending.owner() == null ? null : (Integer) pending.owner().number();
        return new Values(number, row.data().rowNumber(), row.key(), row.data().fields());
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
}
