package io.sluice.stores.imports;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger in the table {@code imports} and the tables of outcomes. */
final class PostgresImportLedger implements ImportLedger {
    private static final String OPEN = """
            INSERT INTO imports (import_id, request, opened_at) VALUES (?, ?::jsonb, ?)
            ON CONFLICT (import_id) DO NOTHING""";

    private static final String DESCRIBE =
            "UPDATE imports SET header = ?::jsonb, fields = ?::jsonb WHERE import_id = ?";

    private static final String KNOWN = """
            SELECT i.request, i.header, i.fields, i.opened_at, i.canceled_at IS NOT NULL AS canceled, c.*
            FROM imports i, LATERAL (%s) c
            """.formatted(ImportCounts.sumOf("i.number"));

    private static final String FIND = KNOWN + "WHERE i.import_id = ?";

    private static final String FIND_ALL = KNOWN + "WHERE i.import_id = ANY (?)";

    private static final String LIST = KNOWN + "WHERE i.opened_at < ? ORDER BY i.opened_at DESC, i.number DESC LIMIT ?";

    private static final String CANCEL = "UPDATE imports SET canceled_at = ? WHERE import_id = ?";

    private static final String REJECTED = """
            SELECT o.row_number, o.cells, o.reasons
            FROM import_outcomes o JOIN imports i ON i.number = o.import
            WHERE i.import_id = ? AND o.row_number > ? AND o.outcome = 'rejected'
            ORDER BY o.row_number LIMIT ?""";

    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private static final OffsetDateTime END_OF_TIME = OffsetDateTime.parse("9999-01-01T00:00:00Z");

    private final Postgres postgres;
    private final Clock clock;

    PostgresImportLedger(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    @Override
    public void open(ImportRequested request) {
        postgres.run(connection -> open(connection, request));
    }

    private int open(Connection connection, ImportRequested request) throws SQLException {
        try (var statement = connection.prepareStatement(OPEN)) {
            statement.setString(1, request.importId());
            statement.setString(2, JsonColumns.write(request));
            statement.setObject(3, now());
            return statement.executeUpdate();
        }
    }

    @Override
    public void describe(String importId, List<String> header, Map<String, String> fields) {
        postgres.run(connection -> {
            try (var statement = connection.prepareStatement(DESCRIBE)) {
                statement.setString(1, JsonColumns.writeStorable(header));
                statement.setString(2, JsonColumns.writeStorable(fields));
                statement.setString(3, importId);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Known> find(String importId) {
        return postgres.run(connection -> find(connection, importId));
    }

    private static Optional<Known> find(Connection connection, String importId) throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setString(1, importId);
            return known(statement).stream().findFirst();
        }
    }

    @Override
    public Map<String, Known> find(Collection<String> importIds) {
        if (importIds.isEmpty()) {
            return Map.of();
        }
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(FIND_ALL)) {
                statement.setArray(1, connection.createArrayOf("text", importIds.toArray()));
                return known(statement).stream()
                        .collect(toUnmodifiableMap(known -> known.request().importId(), known -> known));
            }
        });
    }

    @Override
    public List<Known> list(int limit, @Nullable Instant before) {
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(LIST)) {
                statement.setObject(1, before == null ? END_OF_TIME : utc(before));
                statement.setInt(2, limit);
                return known(statement);
            }
        });
    }

    @Override
    public Known cancel(ImportRequested request) {
        return postgres.transaction(connection -> {
            open(connection, request);
            ImportLocks.exclusive(connection, request.importId());
            var known = find(connection, request.importId()).orElseThrow();
            if (known.canceled() || known.isComplete()) {
                return known;
            }
            try (var statement = connection.prepareStatement(CANCEL)) {
                statement.setObject(1, now());
                statement.setString(2, request.importId());
                statement.executeUpdate();
            }
            return known.asCanceled();
        });
    }

    @Override
    public List<Rejected> rejected(String importId, int after, int limit) {
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(REJECTED)) {
                statement.setString(1, importId);
                statement.setInt(2, after);
                statement.setInt(3, limit);
                var rejected = new ArrayList<Rejected>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rejected.add(new Rejected(
                                rows.getInt(1),
                                JsonColumns.textsByName(rows.getString(2)),
                                JsonColumns.read(rows.getString(3), REASONS)));
                    }
                }
                return rejected;
            }
        });
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {
        postgres.probe(OutcomeTable::tryToWrite);
    }

    private static List<Known> known(PreparedStatement statement) throws SQLException {
        var known = new ArrayList<Known>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                known.add(known(rows));
            }
        }
        return known;
    }

    private static Known known(ResultSet row) throws SQLException {
        var header = row.getString("header");
        var fields = row.getString("fields");
        return new Known(
                JsonColumns.read(row.getString("request"), ImportRequested.class),
                header == null ? null : JsonColumns.texts(header),
                fields == null ? Map.of() : JsonColumns.textsByName(fields),
                ImportCounts.read(row),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("canceled"));
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
