package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStore.RowOutcome.CANCELED;
import static io.sluice.stores.imports.RowStore.RowOutcome.REJECTED;

import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.OpenImports.OpenImport;
import io.sluice.stores.imports.OutcomeTable.End;
import io.sluice.stores.imports.OutcomeTable.Settled;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.postgres.PostgresException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Rows in the tables of their kinds, their outcomes beside them, a batch in one transaction. A batch of an import's rows
 * that have the same columns is three round trips, and one more for each kind they refer to: the imports, the rows with
 * their outcomes and counts, the commit.
 */
final class PostgresRowStore implements RowStore {
    private final Postgres postgres;
    private final Clock clock;
    private final Map<String, ImportKind> kinds = new ConcurrentHashMap<>();

    PostgresRowStore(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    @Override
    public void prepare(ImportKind kind) {
        postgres.transaction(connection -> {
            KindTable.prepare(connection, kind);
            return kind;
        });
        kinds.put(kind.name(), kind);
    }

    @Override
    public List<Row> withoutOutcome(List<Row> rows) {
        return rows.isEmpty() ? List.of() : postgres.run(connection -> OutcomeTable.unsettled(connection, rows));
    }

    @Override
    public void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            writeOnceMore(batch, imports(batch));
        } catch (PostgresException e) {
            rejectAlone(batch, e);
        }
    }

    /** Somebody else may insert a key between the look for it and the insert; the next look finds it there. */
    private void writeOnceMore(Batch batch, SortedSet<String> ids) {
        try {
            postgres.transaction(connection -> write(connection, batch, ids));
        } catch (PostgresException e) {
            if (!PostgresErrors.isTaken(e)) {
                throw e;
            }
            postgres.transaction(connection -> write(connection, batch, ids));
        }
    }

    private static SortedSet<String> imports(Batch batch) {
        var ids = new TreeSet<String>();
        batch.rows().stream()
                .map(row -> row.data().importId())
                .filter(Objects::nonNull)
                .forEach(ids::add);
        batch.results().forEach(result -> ids.add(result.importId()));
        batch.rejections().forEach(rejection -> ids.add(rejection.importId()));
        batch.ends().forEach(end -> ids.add(end.importId()));
        return ids;
    }

    private int write(Connection connection, Batch batch, SortedSet<String> ids) throws SQLException {
        var open = OpenImports.share(connection, ids);
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        var writing = new BatchWriting(connection, now, open, kinds);
        writing.write(batch.rows());
        var settled = new ArrayList<>(writing.settled());
        for (var result : batch.results()) {
            var of = open.get(result.importId());
            if (of != null) {
                settled.add(outcome(of, result));
            }
        }
        for (var rejection : batch.rejections()) {
            var of = open.get(rejection.importId());
            if (of != null) {
                settled.add(outcome(of, rejection));
            }
        }
        OutcomeTable.settle(connection, settled);
        OutcomeTable.end(connection, ends(batch, open));
        return settled.size();
    }

    private static Settled outcome(OpenImport of, ImportRow.Rejection rejection) {
        return of.canceled()
                ? new Settled(of.number(), rejection.rowNumber(), CANCELED)
                : new Settled(of.number(), rejection.rowNumber(), REJECTED, rejection.cells(), rejection.reasons());
    }

    private static Settled outcome(OpenImport of, RowResult result) {
        if (result.outcome() != REJECTED) {
            return new Settled(of.number(), result.rowNumber(), of.canceled() ? CANCELED : result.outcome());
        }
        var cells = of.columns().cells(result.fields());
        return outcome(of, new ImportRow.Rejection(result.importId(), result.rowNumber(), cells, result.reasons()));
    }

    private static List<End> ends(Batch batch, Map<String, OpenImport> open) {
        return batch.ends().stream()
                .filter(end -> open.containsKey(end.importId()))
                .flatMap(end ->
                        Stream.ofNullable(open.get(end.importId())).map(of -> new End(of.number(), end.rowsTotal())))
                .toList();
    }

    /** The row of an import that nothing can hold is rejected; everything else fails, and is for the caller to mend. */
    private void rejectAlone(Batch batch, PostgresException thrown) {
        var single = batch.rows().size() == 1
                && batch.results().isEmpty()
                && batch.rejections().isEmpty()
                && batch.ends().isEmpty();
        if (!single || !(PostgresErrors.of(thrown) instanceof Fatal failure)) {
            throw thrown;
        }
        var row = batch.rows().getFirst().data();
        var importId = row.importId();
        var rowNumber = row.rowNumber();
        if (importId == null || rowNumber == null) {
            throw thrown;
        }
        postgres.transaction(connection -> {
            var of = OpenImports.share(connection, new TreeSet<>(List.of(importId)))
                    .get(importId);
            if (of != null) {
                var reasons = List.of(new Reason(null, failure.detail()));
                var result = RowResult.rejected(importId, rowNumber, row.fields(), reasons);
                OutcomeTable.settle(connection, List.of(outcome(of, result)));
            }
            return row;
        });
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {
        postgres.probe(connection -> {
            KindTable.requireRights(connection, kinds.values());
            return OutcomeTable.tryToWrite(connection);
        });
    }
}
