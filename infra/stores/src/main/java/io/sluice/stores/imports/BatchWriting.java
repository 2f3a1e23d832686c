package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStore.RowOutcome.CANCELED;
import static io.sluice.stores.imports.RowStore.RowOutcome.REJECTED;

import io.sluice.imports.kind.ImportKind;
import io.sluice.stores.imports.OpenImports.OpenImport;
import io.sluice.stores.imports.OutcomeTable.Settled;
import io.sluice.stores.imports.RowStatement.Values;
import io.sluice.stores.imports.RowStore.Row;
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

/** The rows of one batch on their way: which are written, by how many statements, and which are not. */
final class BatchWriting {
    private final Connection connection;
    private final OffsetDateTime now;
    private final Map<String, OpenImport> open;
    private final Map<String, ImportKind> kinds;
    private final List<Settled> settled = new ArrayList<>();
    private final Set<Place> met = new HashSet<>();

    BatchWriting(
            Connection connection, OffsetDateTime now, Map<String, OpenImport> open, Map<String, ImportKind> kinds) {
        this.connection = connection;
        this.now = now;
        this.open = open;
        this.kinds = kinds;
    }

    /** @param of its import; null when it is part of none */
    private record Bound(Row row, @Nullable OpenImport of) {
        boolean runsDry() {
            return of != null && of.runsDry();
        }

        boolean createsCategories() {
            return of == null || of.createsCategories();
        }
    }

    /** A row of an import; one that comes again, in whatever shape, is the one that was there before. */
    private record Place(int number, int rowNumber) {}

    /** What rows have in common that one statement writes. */
    private record Shape(String kind, Set<String> columns, boolean dry) {}

    /** {@return the outcomes that are still to be noted} */
    List<Settled> settled() {
        return settled;
    }

    void write(List<Row> rows) throws SQLException {
        var bound = new ArrayList<Bound>(rows.size());
        for (var row : rows) {
            var importId = row.data().importId();
            var of = importId == null ? null : open.get(importId);
            if (of != null && of.canceled()) {
                settled.add(new Settled(of.number(), rowNumber(row), CANCELED));
            } else if (importId == null || isNew(of, row)) {
                bound.add(new Bound(row, of));
            }
        }
        for (var round : rounds(referring(bound))) {
            for (var alike : round.entrySet()) {
                statement(alike.getKey()).run(connection, alike.getValue(), now);
            }
        }
    }

    private boolean isNew(@Nullable OpenImport of, Row row) {
        return of != null && met.add(new Place(of.number(), rowNumber(row)));
    }

    private RowStatement statement(Shape shape) {
        var kind = kinds.get(shape.kind());
        if (kind == null) {
            throw new IllegalStateException("the table of " + shape.kind() + " is not prepared");
        }
        return RowStatement.fitting(kind, shape.columns(), shape.dry());
    }

    private List<Bound> referring(List<Bound> rows) throws SQLException {
        var references = new References(connection, now, kinds);
        references.resolve(rows.stream().map(BatchWriting::referrer).toList());
        var written = new ArrayList<Bound>(rows.size());
        for (var row : rows) {
            var reasons = references.reasons(referrer(row));
            if (reasons.isEmpty() || row.of() == null) {
                written.add(row);
            } else {
                var of = row.of();
                var cells = of.columns().cells(row.row().data().fields());
                settled.add(new Settled(of.number(), rowNumber(row.row()), REJECTED, cells, reasons));
            }
        }
        return written;
    }

    private static References.Referrer referrer(Bound row) {
        return new References.Referrer(
                row.row().kind(), row.row().data().fields(), row.createsCategories(), row.runsDry());
    }

    /** The first round has the first row of every key, the second the next: so the last stands. Normally there is one. */
    private static List<Map<Shape, List<Values>>> rounds(List<Bound> rows) {
        var rounds = new ArrayList<Map<Shape, List<Values>>>();
        var seen = new HashMap<String, Map<String, Integer>>();
        for (var each : rows) {
            var row = each.row();
            var round = seen.computeIfAbsent(row.kind().name(), _ -> new HashMap<>())
                            .merge(row.key(), 1, Integer::sum)
                    - 1;
            if (round == rounds.size()) {
                rounds.add(new LinkedHashMap<>());
            }
            var number = each.of() == null ? null : (Integer) each.of().number();
            rounds.get(round)
                    .computeIfAbsent(
                            new Shape(row.kind().name(), row.data().fields().keySet(), each.runsDry()),
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

    private static int rowNumber(Row row) {
        var number = row.data().rowNumber();
        if (number == null) {
            throw new IllegalArgumentException("a row of an import has a number");
        }
        return number;
    }
}
