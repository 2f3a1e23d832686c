package io.sluice.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts what statements read of a table that was empty, or nearly so, when they were prepared, and has grown since.
 * The count is in rows, which does not depend on the machine.
 */
class PlansIT {
    private static final ImportKind COMPANIES =
            ImportKinds.load(Optional.empty()).find("companies").orElseThrow();
    /** Postgres may keep one plan for all from the eleventh execution on. */
    private static final int ENOUGH_TO_KEEP_A_PLAN = 12;

    private static final int BATCH = 500;
    private static final int BATCHES = 10;
    private static final int LOOKUPS = 100;
    /**
     * How often each row of a table may be read on average; for some batches Postgres rightly reads the whole table
     * once.
     */
    private static final long READS = 30;

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());

    @ParameterizedTest
    @CsvSource({"DELETE FROM, VACUUM", "TRUNCATE, ANALYZE"})
    void rowsOfTablesThatWereEmptied(String emptied, String noticed) {
        try (var stores = stores()) {
            var store = stores.getBean(RowStore.class);
            var imports = stores.getBean(ImportLedger.class);
            store.prepare(COMPANIES);
            for (var id : List.of("i1", "i2")) {
                imports.open(request(id));
            }
            for (var i = 0; i < ENOUGH_TO_KEEP_A_PLAN; i++) {
                write(store, imports, "i1", i, BATCH);
            }
            for (var table : List.of("companies", "import_outcomes", "import_counts")) {
                SqlRun.on(config, emptied + " " + table);
                SqlRun.on(config, noticed + " " + table);
            }
            for (var i = 0; i < BATCHES; i++) {
                write(store, imports, "i2", i, BATCH);
            }
            assertThat(imports.find("i2").orElseThrow().counts().created()).isEqualTo(BATCHES * BATCH);
        }
        assertEachRowIsReadFewTimes("companies", "import_outcomes");
    }

    /** One connection: a plan is kept by each. */
    private ApplicationContext stores() {
        return ApplicationContext.run(Map.of("database.url", config.url(), "database.pool.size", 1));
    }

    private static ImportRequested request(String id) {
        var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 9);
        return new ImportRequested(id, "companies", object, id + ".csv", Map.of(), null, null, id, null, null);
    }

    private static void write(RowStore store, ImportLedger imports, String id, int at, int rows) {
        var batch = IntStream.range(at * rows, (at + 1) * rows)
                .mapToObj(i -> new Row(
                        COMPANIES,
                        "%014d".formatted(i),
                        new Data("companies", id, i + 2, Map.of("name", "Company " + i))))
                .toList();
        assertThat(store.withoutOutcome(batch)).hasSize(rows);
        store.write(new Batch(batch, List.of(), List.of(), List.of()));
        assertThat(imports.find(id).orElseThrow().counts().done()).isEqualTo((at + 1L) * rows);
    }

    @Test
    void productsOfATableThatWasEmptied() {
        try (var stores = stores()) {
            var ledger = stores.getBean(ProductLedger.class);
            for (var i = 0; i < ENOUGH_TO_KEEP_A_PLAN; i++) {
                save(ledger, i, BATCH);
            }
            for (var table : List.of("products", "product_indexed")) {
                SqlRun.on(config, "DELETE FROM " + table);
                SqlRun.on(config, "VACUUM " + table);
            }
            for (var i = 0; i < BATCHES; i++) {
                save(ledger, i, BATCH);
            }
            for (var i = 0; i < LOOKUPS; i++) {
                save(ledger, i, 2);
            }
        }
        assertEachRowIsReadFewTimes("products", "product_indexed");
    }

    private static void save(ProductLedger ledger, int at, int products) {
        var entries = IntStream.range(at * products, (at + 1) * products)
                .mapToObj(i -> new Entry("p" + i, i, Products.product("p" + i, "Product " + i)))
                .toList();
        var ids = entries.stream().map(Entry::productId).toList();
        ledger.save(entries);
        assertThat(ledger.markIndexed("builtin-1", entries)).hasSize(products);
        assertThat(ledger.tombstones(ids)).isEmpty();
        assertThat(ledger.find(ids)).hasSize(products);
    }

    @Test
    void embeddingsOfATableThatWasEmptied() {
        try (var stores = stores()) {
            var cache = stores.getBean(EmbeddingCache.class);
            for (var i = 0; i < ENOUGH_TO_KEEP_A_PLAN; i++) {
                keep(cache, i, BATCH);
            }
            SqlRun.on(config, "DELETE FROM embeddings");
            SqlRun.on(config, "VACUUM embeddings");
            for (var i = 0; i < BATCHES; i++) {
                keep(cache, i, BATCH);
            }
            for (var i = 0; i < LOOKUPS; i++) {
                keep(cache, i, 2);
            }
        }
        assertEachRowIsReadFewTimes("embeddings");
    }

    private static void keep(EmbeddingCache cache, int at, int vectors) {
        var kept = IntStream.range(at * vectors, (at + 1) * vectors)
                .mapToObj("%064x"::formatted)
                .collect(Collectors.toMap(sha -> new EmbeddingCache.Key(sha, "builtin", "text"), _ -> Embedding.of(1)));
        cache.keep(kept);
        assertThat(cache.find(kept.keySet())).hasSize(vectors);
    }

    /** Postgres reports the figures of a connection only after the connection is closed. */
    private void assertEachRowIsReadFewTimes(String... tables) {
        var reads = new TreeMap<String, Long>();
        for (var table : tables) {
            reads.put(table, SqlRun.count(config, """
                    SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes i WHERE i.relid = t.relid)
                    FROM pg_stat_user_tables t WHERE relname = '%s'""".formatted(table)));
        }
        assertThat(reads.values()).as("%s", reads).allMatch(read -> read < READS * BATCHES * BATCH);
    }
}
