package io.sluice.stores.product;

import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the tables {@code products} and {@code product_indexed}. A batch of any size is one statement, and so
 * one transaction. Rows are written in the order of their ids, so that two writers cannot deadlock.
 */
final class PostgresProductLedger implements ProductLedger {
    /** Fills a page of the table, so that the disk must have room for one. No index has an empty name. */
    private static final String TRY =
            "INSERT INTO product_indexed SELECT '', i::text, 0 FROM generate_series(1, 500) AS i";

    /** {@code >=}: after a crash on the way to the index, the same version comes again and is written again. */
    private static final String SAVE = """
            INSERT INTO products AS t (id, version, deleted_at, name, description, metadata, image, updated_at)
            SELECT n.id, n.version, CASE WHEN n.deleted THEN ? END, n.name, n.description, n.metadata, n.image, ?
            FROM unnest(?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[])
                AS n (id, version, deleted, name, description, metadata, image)
            ON CONFLICT (id) DO UPDATE SET
                version = excluded.version, deleted_at = excluded.deleted_at, name = excluded.name,
                description = excluded.description, metadata = excluded.metadata, image = excluded.image,
                updated_at = excluded.updated_at
            WHERE excluded.version >= t.version
            RETURNING id""";

    private static final String MARK = """
            INSERT INTO product_indexed AS t (index_name, product_id, indexed_version)
            SELECT ?, p.id, p.version
            FROM unnest(?::text[], ?::bigint[]) AS n (id, version)
                JOIN products p ON p.id = n.id AND p.version = n.version
            ORDER BY p.id
            ON CONFLICT (index_name, product_id) DO UPDATE SET indexed_version = excluded.indexed_version
            WHERE excluded.indexed_version >= t.indexed_version
            RETURNING product_id""";

    private static final String TOMBSTONES =
            "SELECT id, version FROM products WHERE id = ANY (?) AND deleted_at IS NOT NULL";

    private static final String FIND = """
            SELECT id, version, name, description, metadata, image
            FROM products WHERE id = ANY (?) AND deleted_at IS NULL""";

    private static final String NEWEST = """
            SELECT id, version, deleted_at IS NOT NULL AS deleted, name, description, metadata, image
            FROM products WHERE id = ANY (?)""";

    private final Postgres postgres;
    private final Clock clock;

    PostgresProductLedger(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    @Override
    public Set<String> save(List<Entry> entries) {
        var newest = newestById(entries);
        if (newest.isEmpty()) {
            return Set.of();
        }
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(SAVE)) {
                statement.setObject(1, now);
                statement.setObject(2, now);
                bindIds(statement, 3, newest);
                array(statement, 5, "boolean", newest, entry -> entry.product() == null);
                array(statement, 6, "text", newest, of(ProductSaved::name));
                array(statement, 7, "text", newest, of(ProductSaved::description));
                array(statement, 8, "text", newest, of(product -> JsonColumns.write(product.metadata())));
                array(statement, 9, "text", newest, of(PostgresProductLedger::image));
                return ids(statement);
            }
        });
    }

    @Override
    public Set<String> markIndexed(String index, Collection<Entry> entries) {
        var newest = newestById(entries);
        if (newest.isEmpty()) {
            return Set.of();
        }
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(MARK)) {
                statement.setString(1, index);
                bindIds(statement, 2, newest);
                return ids(statement);
            }
        });
    }

    @Override
    public Map<String, Long> tombstones(Collection<String> productIds) {
        if (productIds.isEmpty()) {
            return Map.of();
        }
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(TOMBSTONES)) {
                statement.setArray(1, connection.createArrayOf("text", productIds.toArray()));
                var versions = new HashMap<String, Long>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        versions.put(rows.getString(1), rows.getLong(2));
                    }
                }
                return versions;
            }
        });
    }

    @Override
    public Map<String, Entry> newest(Collection<String> productIds) {
        if (productIds.isEmpty()) {
            return Map.of();
        }
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(NEWEST)) {
                statement.setArray(1, connection.createArrayOf("text", productIds.toArray()));
                var entries = new HashMap<String, Entry>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        var id = rows.getString("id");
                        var product = rows.getBoolean("deleted") ? null : product(rows);
                        entries.put(id, new Entry(id, rows.getLong("version"), product));
                    }
                }
                return entries;
            }
        });
    }

    @Override
    public Map<String, ProductSaved> find(Collection<String> productIds) {
        var products = new HashMap<String, ProductSaved>();
        known(productIds).forEach(known -> products.put(known.product().productId(), known.product()));
        return products;
    }

    @Override
    public Optional<Known> find(String productId) {
        return known(List.of(productId)).stream().findFirst();
    }

    private List<Known> known(Collection<String> productIds) {
        return postgres.run(connection -> {
            try (var statement = connection.prepareStatement(FIND)) {
                statement.setArray(1, connection.createArrayOf("text", productIds.toArray()));
                var known = new ArrayList<Known>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        known.add(known(rows));
                    }
                }
                return known;
            }
        });
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(product(row), row.getLong("version"));
    }

    private static ProductSaved product(ResultSet row) throws SQLException {
        var image = row.getString("image");
        return new ProductSaved(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                JsonColumns.read(row.getString("metadata"), Metadata.class),
                image == null ? null : JsonColumns.read(image, StoredObject.class));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {
        postgres.probe(connection -> Postgres.tryToWrite(connection, TRY));
    }

    private static Collection<Entry> newestById(Collection<Entry> entries) {
        var newest = new TreeMap<String, Entry>();
        for (var entry : entries) {
            newest.merge(entry.productId(), entry, (a, b) -> b.version() >= a.version() ? b : a);
        }
        return newest.values();
    }

    private static void bindIds(PreparedStatement statement, int at, Collection<Entry> entries) throws SQLException {
        array(statement, at, "text", entries, Entry::productId);
        array(statement, at + 1, "bigint", entries, Entry::version);
    }

    private static void array(
            PreparedStatement statement,
            int at,
            String type,
            Collection<Entry> entries,
            Function<Entry, @Nullable Object> column)
            throws SQLException {
        var values = entries.stream().map(column).toArray();
        statement.setArray(at, statement.getConnection().createArrayOf(type, values));
    }

    private static Function<Entry, @Nullable Object> of(Function<ProductSaved, @Nullable String> column) {
        return entry -> entry.product() == null ? null : column.apply(entry.product());
    }

    private static @Nullable String image(ProductSaved product) {
        return product.image() == null ? null : JsonColumns.write(product.image());
    }

    private static Set<String> ids(PreparedStatement statement) throws SQLException {
        var ids = new HashSet<String>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
