package io.sluice.stores.product;

import static io.sluice.stores.Products.IMAGE;
import static io.sluice.stores.Products.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.schemas.product.Metadata;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.SqlRun;
import io.sluice.stores.StoreFailure;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.product.ProductLedger.Entry;
import io.sluice.stores.product.ProductLedger.Known;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresProductLedgerIT {
    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 8);
    private final PostgresProductLedger ledger = new PostgresProductLedger(postgres, Clock.systemUTC());

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void returnsWhatWasSaved() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("sku", "SKU-1");
        values.put("stock", 7);
        values.put("price", 12.5);
        values.put("sold_out", false);
        values.put("color", null);
        values.put("tags", List.of("a", "ß", "日本"));
        values.put("size", Map.of("cm", 3));
        var product = product("p1", "Été ☕", Metadata.of(values), IMAGE);

        assertThat(ledger.save(List.of(new Entry("p1", 5, product)))).containsExactly("p1");

        assertThat(ledger.find("p1")).contains(new Known(product, 5));
        assertThat(ledger.find("p2")).isEmpty();
    }

    @Test
    void keepsTheNewestVersionWhateverTheOrder() {
        ledger.save(List.of(new Entry("p1", 5, product("p1", "five"))));

        assertThat(ledger.save(List.of(new Entry("p1", 4, product("p1", "four")))))
                .isEmpty();
        assertThat(ledger.find("p1").map(Known::version)).contains(5L);

        assertThat(ledger.save(List.of(new Entry("p1", 6, product("p1", "six")))))
                .containsExactly("p1");
        assertThat(ledger.find("p1").map(known -> known.product().name())).contains("six");
    }

    @Test
    void acceptsTheSameVersionAgainSoThatItIsIndexedAfterACrash() {
        var entries = List.of(new Entry("p1", 5, product("p1", "five")));
        ledger.save(entries);

        assertThat(ledger.save(entries)).containsExactly("p1");
    }

    @Test
    void savesTheNewestOfSeveralEntriesForOneProduct() {
        var saved = ledger.save(List.of(
                new Entry("p1", 1, product("p1", "one")),
                new Entry("p1", 3, product("p1", "three")),
                new Entry("p2", 9, null),
                new Entry("p1", 2, product("p1", "two"))));

        assertThat(saved).containsExactlyInAnyOrder("p1", "p2");
        assertThat(ledger.find("p1")).contains(new Known(product("p1", "three"), 3));
    }

    @Test
    void aDeleteLeavesATombstoneThatKeepsOlderVersionsOut() {
        ledger.save(List.of(new Entry("p1", 5, product("p1", "five"))));
        ledger.save(List.of(new Entry("p1", 7, null), new Entry("never-seen", 7, null)));

        assertThat(ledger.save(List.of(
                        new Entry("p1", 6, product("p1", "six")),
                        new Entry("never-seen", 6, product("never-seen", "six")))))
                .isEmpty();
        assertThat(ledger.find("p1")).isEmpty();
        assertThat(ledger.find("never-seen")).isEmpty();
        assertThat(ledger.tombstones(List.of("p1", "never-seen", "unknown")))
                .isEqualTo(Map.of("p1", 7L, "never-seen", 7L));

        ledger.save(List.of(new Entry("p1", 8, product("p1", "eight"))));
        assertThat(ledger.find("p1").map(Known::version)).contains(8L);
        assertThat(ledger.tombstones(List.of("p1"))).isEmpty();
    }

    @Test
    void marksAVersionAsIndexedOnlyWhileItIsTheNewest() {
        var p1 = new Entry("p1", 5, product("p1", "five"));
        var p2 = new Entry("p2", 5, product("p2", "five"));
        ledger.save(List.of(p1, p2));
        ledger.save(List.of(new Entry("p2", 6, null)));

        assertThat(ledger.markIndexed("builtin-1", List.of(p1, p2))).containsExactly("p1");
        assertThat(ledger.markIndexed("builtin-1", List.of(p1))).containsExactly("p1");
        assertThat(ledger.markIndexed("builtin-2", List.of(p1))).containsExactly("p1");
        assertThat(ledger.markIndexed("builtin-1", List.of())).isEmpty();
    }

    @Test
    void aProductThatPostgresCannotStoreIsRejected() {
        var poison = product("p1", "poison");
        try (var postgres = new Postgres(config, 1)) {
            postgres.run(connection ->
                    connection.createStatement().executeUpdate("ALTER TABLE products ADD CHECK (name <> 'poison')"));
        }

        var thrown = catchThrowable(() -> ledger.save(List.of(new Entry("p1", 1, poison))));

        assertThat(new PostgresErrors().translate(thrown)).containsInstanceOf(Fatal.class);
        assertThat(new PostgresErrors().translate(thrown).orElseThrow().code())
                .isEqualTo(StoreFailure.POSTGRES_REJECTED);
    }

    @Test
    void severalServicesMayMigrateTheSchemaAtTheSameTime() throws Exception {
        var fresh = PostgresConfig.of(TestStack.postgres().url());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (var i = 0; i < 4; i++) {
                starts.add(threads.submit(() -> {
                    try (var own = new Postgres(fresh, 1)) {
                        own.awaitReady();
                        return own.run(connection -> 1);
                    }
                }));
            }
            for (var start : starts) {
                assertThat(start.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void doesNotTouchTablesOfOtherPrograms() {
        var shared = PostgresConfig.of(TestStack.postgres().url());
        SqlRun.on(shared, "CREATE TABLE somebody_elses (id int)");
        try (var own = new Postgres(shared, 1)) {
            own.awaitReady();
            assertThat(new PostgresProductLedger(own, Clock.systemUTC()).find("p1"))
                    .isEmpty();
        }
    }

    @Seeded
    @Test
    void versionsNeverDecreaseUnderConcurrentWriters(Seed seed) throws Exception {
        var highest = new ConcurrentHashMap<String, Long>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var writers = new ArrayList<java.util.concurrent.Future<?>>();
            for (var writer = 0; writer < 4; writer++) {
                var random = seed.random(writer);
                writers.add(threads.submit(() -> writeAtRandom(random, highest)));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        var falls = SqlRun.count(config, "SELECT count(*) FROM version_falls");
        assertThat(falls).isZero();
        for (var product : highest.entrySet()) {
            var row = SqlRun.count(config, "SELECT version FROM products WHERE id = '" + product.getKey() + "'");
            assertThat(row).isEqualTo(product.getValue());
        }
    }

    private void writeAtRandom(Random random, Map<String, Long> highest) {
        recordFalls();
        for (var batch = 0; batch < 50; batch++) {
            var entries = new ArrayList<Entry>();
            for (var i = 0; i < 30; i++) {
                var id = "p" + random.nextInt(40);
                var version = random.nextLong(1, 1L << 50);
                entries.add(new Entry(id, version, random.nextInt(5) == 0 ? null : product(id, "v" + version)));
                highest.merge(id, version, Math::max);
            }
            Collections.shuffle(entries, random);
            ledger.save(entries);
            ledger.markIndexed("builtin-1", entries);
        }
    }

    private void recordFalls() {
        ledger.find("p0");
        SqlRun.on(config, """
                BEGIN;
                LOCK TABLE products IN ACCESS EXCLUSIVE MODE;
                CREATE TABLE IF NOT EXISTS version_falls (id text, old bigint, new bigint);
                CREATE OR REPLACE FUNCTION note_fall() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO version_falls VALUES (new.id, old.version, new.version);
                    RETURN NULL;
                END $$;
                CREATE OR REPLACE TRIGGER fall AFTER UPDATE ON products FOR EACH ROW
                    WHEN (new.version < old.version) EXECUTE FUNCTION note_fall();
                COMMIT""");
    }
}
