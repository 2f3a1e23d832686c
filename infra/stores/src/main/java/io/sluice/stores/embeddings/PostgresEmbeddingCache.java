package io.sluice.stores.embeddings;

import io.sluice.schemas.product.Embedding;
import io.sluice.stores.postgres.OptionalAnswers;
import io.sluice.stores.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The cache in the table {@code embeddings}. While Postgres is away, it is empty and keeps nothing. */
final class PostgresEmbeddingCache implements EmbeddingCache {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::model).thenComparing(Key::vector).thenComparing(Key::sha256);

    private static final String FIND = """
            SELECT n.model, n.vector_name, n.sha256, e.embedding
            FROM unnest(?::text[], ?::text[], ?::text[]) AS n (model, vector_name, sha256)
                JOIN embeddings e USING (model, vector_name, sha256)""";

    private static final String KEEP = """
            INSERT INTO embeddings (model, vector_name, sha256, embedding)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[])
            ON CONFLICT DO NOTHING""";

    private final Postgres postgres;
    private final OptionalAnswers answers;

    PostgresEmbeddingCache(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.answers = new OptionalAnswers("embedding-cache", "every vector is computed", clock);
    }

    @Override
    public Map<Key, Embedding> find(Collection<Key> keys) {
        var wanted = keys.stream().distinct().toList();
        return wanted.isEmpty()
                ? Map.of()
                : answers.ask(() -> postgres.run(connection -> find(connection, wanted)))
                        .orElse(Map.of());
    }

    @Override
    public void keep(Map<Key, Embedding> embeddings) {
        var keys = embeddings.keySet().stream().sorted(ORDER).toList();
        if (!keys.isEmpty()) {
            answers.ask(() -> postgres.run(connection -> keep(connection, keys, embeddings)));
        }
    }

    private static Map<Key, Embedding> find(Connection connection, List<Key> keys) throws SQLException {
        var found = new HashMap<Key, Embedding>();
        try (var statement = connection.prepareStatement(FIND)) {
            bind(statement, keys);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var key = new Key(rows.getString("sha256"), rows.getString("model"), rows.getString("vector_name"));
                    found.put(key, Embedding.fromBytes(rows.getBytes("embedding")));
                }
            }
        }
        return found;
    }

    private static int keep(Connection connection, List<Key> keys, Map<Key, Embedding> embeddings) throws SQLException {
        try (var statement = connection.prepareStatement(KEEP)) {
            bind(statement, keys);
            var values =
                    keys.stream().map(embeddings::get).map(Embedding::toBytes).toArray(byte[][]::new);
            statement.setArray(4, connection.createArrayOf("bytea", values));
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<Key> keys) throws SQLException {
        text(statement, 1, keys, Key::model);
        text(statement, 2, keys, Key::vector);
        text(statement, 3, keys, Key::sha256);
    }

    private static void text(PreparedStatement statement, int at, List<Key> keys, Function<Key, String> column)
            throws SQLException {
        var values = keys.stream().map(column).toArray();
        statement.setArray(at, statement.getConnection().createArrayOf("text", values));
    }
}
