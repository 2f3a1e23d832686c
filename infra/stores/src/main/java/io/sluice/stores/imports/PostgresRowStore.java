package io.sluice.stores.imports;

import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.postgres.PostgresException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to the tables of their kinds, and their outcomes, with one transaction for a batch. A batch of an import
 * whose rows have the same columns takes three round trips: the imports, the rows with outcomes and counts, the commit.
 * Each kind that the rows refer to takes one more.
 */
final class PostgresRowStore implements RowStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRowStore.class);

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
    public void moveKeys(Collection<ImportKind> prepared) {
        prepared.stream()
                .filter(KeyMove::concerns)
                .sorted(Comparator.comparing(kind -> kind.key().within().isPresent())) // parents first
                .forEach(kind -> moveKeys(kind, prepared));
    }

    private void moveKeys(ImportKind kind, Collection<ImportKind> prepared) {
        try {
            postgres.transaction(connection -> KeyMove.run(connection, kind, prepared));
        } catch (PostgresException e) {
            if (!(PostgresErrors.of(e) instanceof Fatal failure)) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("kind", kind.name())
                    .addKeyValue("reason", failure.detail())
                    .log("the table keeps its former keys");
        }
    }

    @Override
    public List<Row> withoutOutcome(List<Row> rows) {
        return rows.isEmpty() ? List.of() : postgres.run(connection -> OutcomeTable.withoutOutcome(connection, rows));
    }

    @Override
    public void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            writeOrRepeat(batch, imports(batch));
        } catch (PostgresException e) {
            rejectOnlyRow(batch, e);
        }
    }

    /**
     * Writes the batch. If another transaction inserts one of the keys after our lookup, writes it once more: the
     * second lookup finds that key.
     */
    private void writeOrRepeat(Batch batch, SortedSet<String> ids) {
        try {
            postgres.transaction(connection -> write(connection, batch, ids));
        } catch (PostgresException e) {
            if (!PostgresErrors.isUniqueViolation(e)) {
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
        var imports = LockedImport.lock(connection, ids);
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        new BatchWriter(connection, now, imports, kinds).write(batch);
        return imports.size();
    }

    /**
     * Rejects the row that Postgres cannot store, if it is the only one in the batch and belongs to an import. Throws
     * the exception in every other case.
     */
    private void rejectOnlyRow(Batch batch, PostgresException thrown) {
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
        var reasons = List.of(new Reason(null, failure.detail()));
        var rejected = Batch.of(List.of(RowResult.rejected(importId, rowNumber, row.fields(), reasons)));
        postgres.transaction(connection -> write(connection, rejected, imports(rejected)));
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
