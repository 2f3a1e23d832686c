package io.sluice.stores.imports;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.stores.SqlRun;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Rejected;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.imports.RowStore.RowResult;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.postgres.PostgresException;
import io.sluice.testkit.TestStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRowStoreIT {
    private static final ImportKinds KINDS = ImportKinds.load(Optional.empty());
    private static final ImportKind COMPANIES = KINDS.find("companies").orElseThrow();
    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final StatementCounter counter = new StatementCounter();
    private final Postgres postgres = new Postgres(config, 4, counter::watch);
    private final PostgresImportLedger ledger = new PostgresImportLedger(postgres, Clock.systemUTC());
    private final PostgresRowStore store = new PostgresRowStore(postgres, Clock.systemUTC());

    @BeforeEach
    void prepare() {
        for (var name : List.of("companies", "categories", "subcategories")) {
            store.prepare(KINDS.find(name).orElseThrow());
        }
        ledger.open(PostgresImportLedgerIT.request("i1"));
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void recordsTheOutcomeOfEachRow() {
        assertThat(write(row("i1", 2, "a", "Ann"), row("i1", 3, "b", "Bob"))).containsEntry("i1", counts(2, 0, 0));
        ledger.open(PostgresImportLedgerIT.request("i2"));

        var again = write(row("i2", 2, "a", "Ann"), row("i2", 3, "b", "Bill"), row("i2", 4, "c", "Cy"));

        assertThat(again.get("i2")).isEqualTo(counts(1, 1, 1));
        assertThat(companies()).containsExactly("a Ann", "b Bill", "c Cy");
    }

    @Test
    void aRowThatWasWrittenIsNotWrittenAgainEvenIfALaterImportChangedIt() {
        write(row("i1", 2, "a", "Ann"));
        ledger.open(PostgresImportLedgerIT.request("i2"));
        write(row("i2", 2, "a", "Bob"));

        var again = write(row("i1", 2, "a", "Ann"));

        assertThat(again.get("i1")).isEqualTo(counts(1, 0, 0));
        assertThat(companies()).containsExactly("a Bob");
    }

    @Test
    void anUnchangedRowIsNotTouched() {
        write(row("i1", 2, "a", "Ann"));
        var before = text("SELECT ctid || ' ' || updated_at FROM companies");
        ledger.open(PostgresImportLedgerIT.request("i2"));

        write(row("i2", 2, "a", "Ann"));

        assertThat(text("SELECT ctid || ' ' || updated_at FROM companies")).isEqualTo(before);
    }

    @Test
    void eachRowOfAKeyHasItsOutcomeAndTheLastRowWins() {
        var counts = write(
                row("i1", 2, "a", "one"),
                row("i1", 3, "b", "bee"),
                row("i1", 4, "a", "two"),
                row("i1", 5, "a", "two"),
                row("i1", 4, "a", "two"));

        assertThat(counts.get("i1")).isEqualTo(counts(2, 1, 1));
        assertThat(companies()).containsExactly("a two", "b bee");
    }

    @Test
    void aMissingColumnStaysAsItIsAndABlankOneIsCleared() {
        write(row("i1", 2, "a", Map.of("name", "Ann", "city", "Lyon", "phone", "1", "Note", "x", "Size", "5")));

        write(row("i1", 3, "a", Map.of("name", "Ann", "city", "", "Note", "", "Shoe", "41")));

        assertThat(text("SELECT concat_ws('|', name, coalesce(city, 'NULL'), phone, extra) FROM companies"))
                .isEqualTo("Ann|NULL|1|{\"Shoe\": \"41\", \"Size\": \"5\"}");
        var same = write(row("i1", 4, "a", Map.of("name", "Ann", "Note", "", "Shoe", "41")));
        assertThat(same.get("i1")).isEqualTo(counts(1, 1, 1));
    }

    @Test
    void aRowOfNoImportIsWrittenAndNotCounted() {
        var rows = List.of(row(null, null, "a", Map.of("name", "Ann")), row("i1", 2, "b", Map.of("name", "Bob")));

        assertThat(write(batch(rows)).keySet()).containsExactly("i1");
        assertThat(companies()).containsExactly("a Ann", "b Bob");
        assertThat(SqlRun.count(config, "SELECT count(*) FROM import_outcomes")).isEqualTo(1);
    }

    @Test
    void rowsOfAnUnknownImportAreNotWritten() {
        var counts = write(row("i1", 2, "a", "Ann"), row("who", 2, "b", "Bob"));

        assertThat(counts.keySet()).containsExactly("i1");
        assertThat(companies()).containsExactly("a Ann");
    }

    @Test
    void rowsOfACanceledImportAreNotWritten() {
        write(row("i1", 2, "a", "Ann"));
        ledger.cancel(PostgresImportLedgerIT.request("i1"));

        var counts = write(row("i1", 2, "a", "Ann"), row("i1", 3, "b", "Bob"));

        assertThat(counts.get("i1")).isEqualTo(new Counts(null, 1, 0, 0, 0, 1));
        assertThat(companies()).containsExactly("a Ann");
    }

    @Test
    void rejectionsAndTheEndMakeItComplete() {
        var wrong = new Rejection("i1", 3, Map.of("SIRET", "NUL\0"), List.of(new Reason("siret", "siret is wrong")));
        var rows = List.of(row("i1", 2, "a", Map.of("name", "Ann")));
        var batch = new Batch(rows, List.of(), List.of(wrong, wrong), List.of(new ImportRow.End("i1", 2)));

        store.write(batch);
        var counts = write(batch).get("i1");

        assertThat(counts).isEqualTo(new Counts(2L, 1, 0, 0, 1, 0));
        assertThat(ledger.find("i1").orElseThrow().isComplete()).isTrue();
        assertThat(ledger.rejected("i1", 0, 10))
                .containsExactly(new Rejected(3, Map.of("SIRET", "NUL\ufffd"), wrong.reasons()));
        assertThat(ledger.rejected("i1", 3, 10)).isEmpty();
    }

    @Test
    void aDryRunRecordsOutcomesAndWritesNoRows() {
        write(row("i1", 2, "a", "Ann"), row("i1", 3, "b", "Bob"));
        ledger.open(request("dry", true, true));

        var counts = write(
                row("dry", 2, "a", "Ann"),
                row("dry", 3, "b", "Bill"),
                row("dry", 4, "c", Map.of("name", "Cy", "category", "New")));

        assertThat(counts.get("dry")).isEqualTo(counts(1, 1, 1));
        assertThat(companies()).containsExactly("a Ann", "b Bob");
        assertThat(SqlRun.count(config, "SELECT count(*) FROM categories")).isZero();
    }

    @Test
    void findsCategoriesBySlugOrNameAndCreatesMissingOnes() {
        SqlRun.on(config, "INSERT INTO categories (slug, name) VALUES ('food', 'Alimentation')");

        write(
                row("i1", 2, "a", Map.of("name", "A", "category", "Alimentation", "subcategory", "Boulangerie")),
                row("i1", 3, "b", Map.of("name", "B", "category", "Food", "subcategory", "boulangerie")),
                row("i1", 4, "c", Map.of("name", "C", "category", "Café, thé")));

        assertThat(text("SELECT string_agg(slug || '=' || name, ',' ORDER BY slug) FROM categories"))
                .isEqualTo("cafe-the=Café, thé,food=Alimentation");
        assertThat(text("SELECT string_agg(slug || '<' || category, ',') FROM subcategories"))
                .isEqualTo("alimentation--boulangerie<Alimentation");
        assertThat(text("SELECT category FROM companies WHERE siret = 'b'")).isEqualTo("Food");
    }

    @Test
    void categoriesOfDifferentNamesAreDifferentRows() {
        write(
                row("i1", 2, "a", Map.of("name", "A", "category", "C", "subcategory", "Livres")),
                row("i1", 3, "b", Map.of("name", "B", "category", "C++", "subcategory", "Livres")),
                row("i1", 4, "c", Map.of("name", "C", "category", "C#", "subcategory", "LIVRES")),
                row("i1", 5, "d", Map.of("name", "D", "category", "c-sharp", "subcategory", "livres")),
                row("i1", 6, "e", Map.of("name", "E", "category", "茶")));

        assertThat(text("SELECT string_agg(name, ',' ORDER BY name COLLATE \"C\") FROM categories"))
                .isEqualTo("C,C#,C++,茶");
        assertThat(
                        text(
                                "SELECT string_agg(slug || '<' || category, ',' ORDER BY slug COLLATE \"C\") FROM subcategories"))
                .isEqualTo("c--livres<C,c-plus-plus--livres<C++,c-sharp--livres<C#");
    }

    @Test
    void aSubcategoryIsFoundWithinTheCategoryOfTheRow() {
        SqlRun.on(config, """
                INSERT INTO categories (slug, name) VALUES ('auto', 'Voitures'), ('mode', 'Mode'), ('sport', 'Sport');
                INSERT INTO subcategories (slug, name, category) VALUES ('mine', 'Accessoires', 'Voitures'),
                    ('mode--accessoires', 'Accessoires', 'mode'), ('divers', 'Divers', NULL)""");
        ledger.open(request("strict", false, false));

        var counts = write(
                row("strict", 2, "a", Map.of("name", "A", "category", "auto", "subcategory", "Accessoires")),
                row("strict", 3, "b", Map.of("name", "B", "category", "Mode", "subcategory", "accessoires")),
                row("strict", 4, "c", Map.of("name", "C", "category", "Voitures", "subcategory", "mine")),
                row("strict", 5, "d", Map.of("name", "D", "category", "Sport", "subcategory", "Divers")),
                row("strict", 6, "e", Map.of("name", "E", "subcategory", "Accessoires")),
                row("strict", 7, "f", Map.of("name", "F", "category", "Sport", "subcategory", "Accessoires")));

        assertThat(counts.get("strict")).isEqualTo(new Counts(null, 5, 0, 0, 1, 0));
        assertThat(ledger.rejected("strict", 0, 10))
                .flatExtracting(Rejected::reasons)
                .containsExactly(
                        new Reason("subcategory", "is 'Accessoires', which is not in subcategories within 'Sport'"));
    }

    @Test
    void aRowWithAMissingCategoryIsRejectedWhenItMayNotBeCreated() {
        ledger.open(request("strict", false, false));
        ledger.describe("strict", List.of("Nom", "Rubrique"), Map.of("Nom", "name", "Rubrique", "category"));

        var counts =
                write(row("strict", 2, "a", Map.of("name", "A", "category", "Nowhere")), row("strict", 3, "b", "B"));

        assertThat(counts.get("strict")).isEqualTo(new Counts(null, 1, 0, 0, 1, 0));
        assertThat(ledger.rejected("strict", 0, 10))
                .containsExactly(new Rejected(
                        2,
                        Map.of("Nom", "A", "Rubrique", "Nowhere"),
                        List.of(new Reason("category", "is 'Nowhere', which is not in categories"))));
    }

    @Test
    void theCategoriesOfABatchTakeOneQueryAKindAndOneMoreWhenSomeAreMissing() {
        var rows = IntStream.range(0, 1000)
                .mapToObj(i -> row(
                        "i1",
                        2 + i,
                        "s%04d".formatted(i),
                        Map.of("name", "S" + i, "category", "Category " + i % 10, "subcategory", "Sub " + i)))
                .toList();
        counter.statements().clear();

        store.write(batch(rows));

        assertThat(counter.statements())
                .filteredOn(sql -> sql.startsWith("SELECT \"slug\""))
                .hasSize(4);
        assertThat(counter.statements()).as("%s", counter.statements()).hasSize(8);
        assertThat(SqlRun.count(config, "SELECT count(*) FROM subcategories")).isEqualTo(1000);
        counter.statements().clear();
        ledger.open(PostgresImportLedgerIT.request("i2"));
        store.write(batch(rows.stream()
                .map(row -> row(
                        "i2",
                        Optional.ofNullable(row.data().rowNumber()).orElseThrow(),
                        row.key(),
                        row.data().fields()))
                .toList()));
        assertThat(counter.statements())
                .filteredOn(sql -> sql.startsWith("SELECT \"slug\""))
                .hasSize(2);
    }

    @Test
    void aRefusedRowFailsItsBatchAndIsRejectedWhenItIsAlone() {
        SqlRun.on(config, "ALTER TABLE companies ADD CONSTRAINT no_bob CHECK (name <> 'Bob')");
        var bob = row("i1", 3, "b", "Bob");

        var thrown = catchThrowable(() -> write(row("i1", 2, "a", "Ann"), bob));

        assertThat(new PostgresErrors().translate(thrown)).containsInstanceOf(Fatal.class);
        assertThat(companies()).isEmpty();
        var counts = write(bob);
        assertThat(counts.get("i1")).isEqualTo(new Counts(null, 0, 0, 0, 1, 0));
        assertThat(write(bob)).isEqualTo(counts);
        assertThat(ledger.rejected("i1", 0, 9).getFirst().reasons())
                .containsExactly(new Reason(
                        null,
                        "Postgres cannot store the row: it violates a check of its table, constraint no_bob"
                                + " (SQLSTATE 23514)"));
    }

    @Test
    void aRowWhoseKeyIsTooLongForTheIndexIsRejectedWhenItIsAlone() {
        var random = new java.util.Random(1);
        var key = new StringBuilder();
        IntStream.range(0, 20_000).forEach(_ -> key.append((char) ('a' + random.nextInt(26))));

        var counts = write(row("i1", 2, key.toString(), "Ann"));

        assertThat(counts.get("i1")).isEqualTo(new Counts(null, 0, 0, 0, 1, 0));
    }

    @Test
    void aRefusedRowOfNoImportIsAFailure() {
        SqlRun.on(config, "ALTER TABLE companies ADD CONSTRAINT no_bob CHECK (name <> 'Bob')");

        var thrown = catchThrowable(() -> store.write(batch(List.of(row(null, null, "b", Map.of("name", "Bob"))))));

        assertThat(new PostgresErrors().translate(thrown)).containsInstanceOf(Fatal.class);
    }

    @Test
    void findsTheRowsThatHaveNoOutcome() {
        var written = row("i1", 2, "a", "Ann");
        var unwritten = row("i1", 3, "b", "Bob");
        var ofNoImport = row(null, null, "c", Map.of("name", "Cy"));
        var ofUnknownImport = row("who", 2, "d", "Dee");
        write(written, ofNoImport);

        assertThat(store.withoutOutcome(List.of(unwritten, written, ofNoImport, ofUnknownImport)))
                .containsExactly(unwritten, ofNoImport, ofUnknownImport);
    }

    @Test
    void theFirstResultOfARowIsKept() {
        var updated = RowResult.of("i1", 2, RowOutcome.UPDATED);
        var rejected = RowResult.rejected("i1", 3, Map.of("name", "x"), List.of(new Reason("name", "is wrong")));
        var unchanged = RowResult.of("i1", 2, RowOutcome.UNCHANGED);

        write(Batch.of(List.of(updated, rejected)));
        var counts = write(Batch.of(List.of(unchanged, rejected, RowResult.of("who", 2, RowOutcome.CREATED))));

        assertThat(counts).isEqualTo(Map.of("i1", new Counts(null, 0, 1, 0, 1, 0)));
    }

    @Test
    void everyResultOfACanceledImportIsCanceled() {
        ledger.cancel(PostgresImportLedgerIT.request("i1"));
        var rejected = RowResult.rejected("i1", 3, Map.of("name", "x"), List.of(new Reason("name", "is wrong")));

        var counts = write(Batch.of(List.of(RowResult.of("i1", 2, RowOutcome.CREATED), rejected)));

        assertThat(counts.get("i1")).isEqualTo(new Counts(null, 0, 0, 0, 0, 2));
    }

    @Test
    void anExistingTableGetsTheColumnsItLacks() {
        SqlRun.on(config, "ALTER TABLE companies DROP COLUMN naf, ALTER COLUMN city TYPE varchar(255)");

        store.prepare(COMPANIES);

        write(row("i1", 2, "a", Map.of("name", "A", "naf", "62.01Z", "city", "Lyon")));
        assertThat(text("SELECT naf FROM companies")).isEqualTo("62.01Z");
    }

    @Test
    void aTableThatCannotHoldTheRowsIsNotTouched() {
        SqlRun.on(config, "ALTER TABLE companies DROP COLUMN naf, ALTER COLUMN city TYPE integer USING 1");
        assertThatThrownBy(() -> store.prepare(COMPANIES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "The column city of the table companies has the type integer, but its kind needs text");
        SqlRun.on(config, "ALTER TABLE companies DROP COLUMN city, DROP CONSTRAINT companies_pkey");
        assertThatThrownBy(() -> store.prepare(COMPANIES))
                .hasMessageContaining("no primary key or unique index on siret");
        assertThat(SqlRun.count(config, "SELECT count(*) FROM pg_attribute WHERE attname = 'naf'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET ROLE pg_read_all_data"})
    void theProbeFailsOnADatabaseThatCannotBeWritten(String first) {
        try (var restricted = new Postgres(config, 1, connection -> afterRunning(connection, first))) {
            assertThatThrownBy(() -> new PostgresRowStore(restricted, Clock.systemUTC()).probe())
                    .isInstanceOf(PostgresException.class);
            assertThatThrownBy(() -> new PostgresImportLedger(restricted, Clock.systemUTC()).probe())
                    .isInstanceOf(PostgresException.class);
        }
        store.probe();
        ledger.probe();
        assertThat(SqlRun.count(config, "SELECT count(*) FROM import_counts")).isZero();
    }

    @Test
    void theProbeFailsWhenTheRoleMayNotWriteATable() {
        SqlRun.on(config, "GRANT INSERT ON import_counts TO pg_read_all_data");
        try (var restricted =
                new Postgres(config, 1, connection -> afterRunning(connection, "SET ROLE pg_read_all_data"))) {
            var rows = new PostgresRowStore(restricted, Clock.systemUTC());
            rows.probe();
            SqlRun.on(config, "GRANT ALL ON companies TO pg_read_all_data");
            SqlRun.on(config, "GRANT CREATE ON SCHEMA public TO pg_read_all_data");
            rows.prepare(COMPANIES);
            rows.probe();
            SqlRun.on(config, "REVOKE UPDATE ON companies FROM pg_read_all_data");

            assertThatThrownBy(rows::probe).hasMessageContaining("may not write the table of a kind");
        }
    }

    private static Connection afterRunning(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the counts of the imports that the rows are part of} */
    private Map<String, Counts> write(Row... rows) {
        return write(batch(List.of(rows)));
    }

    private Map<String, Counts> write(Batch batch) {
        store.write(batch);
        var ids = Stream.concat(
                        batch.rows().stream()
                                .map(row -> String.valueOf(row.data().importId())),
                        batch.results().stream().map(RowResult::importId))
                .collect(toSet());
        return ledger.find(ids).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().counts()));
    }

    private static Batch batch(List<Row> rows) {
        return new Batch(rows, List.of(), List.of(), List.of());
    }

    private static Row row(String importId, int rowNumber, String key, String name) {
        return row(importId, rowNumber, key, Map.of("name", name));
    }

    private static Row row(
            @Nullable String importId, @Nullable Integer rowNumber, String key, Map<String, String> fields) {
        return new Row(COMPANIES, key, new Data("companies", importId, rowNumber, fields));
    }

    private static Counts counts(long created, long updated, long unchanged) {
        return new Counts(null, created, updated, unchanged, 0, 0);
    }

    private static ImportRequested request(String id, boolean dryRun, boolean createCategories) {
        var like = PostgresImportLedgerIT.request(id);
        return new ImportRequested(
                id, like.kind(), like.object(), "f.csv", Map.of(), dryRun, null, id, null, createCategories);
    }

    private List<String> companies() {
        var all = text("SELECT coalesce(string_agg(siret || ' ' || name, ',' ORDER BY siret), '') FROM companies");
        return all.isEmpty() ? List.of() : List.of(all.split(","));
    }

    private String text(String sql) {
        return SqlRun.text(config, sql);
    }
}
