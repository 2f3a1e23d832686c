package io.sluice.stores.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.stores.SqlRun;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as the version before left them, with rows that several names were written to. */
class KeyMoveIT {
    private static final String FORMER_TABLES = """
            CREATE TABLE categories (slug text PRIMARY KEY, name text, description text,
                created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE subcategories (slug text PRIMARY KEY, name text, description text, category text,
                created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE companies (siret text PRIMARY KEY, name text, siren text, category text, subcategory text,
                address text, city text, postcode text, phone text, email text, website text, naf text, extra jsonb,
                created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE shops (slug text PRIMARY KEY, name text, category text,
                created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
            """;

    @TempDir
    Path folder;

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 2);

    @BeforeEach
    void create() throws IOException {
        SqlRun.on(config, FORMER_TABLES);
        Files.writeString(folder.resolve("shops.yaml"), """
                key: slug
                fields:
                  slug: {type: slug, derived_from: name}
                  name: {required: true}
                  category: {refers_to: categories}
                """);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void rowsGetTheKeyOfTheirNameAndReferencesFollow() {
        SqlRun.on(config, """
                INSERT INTO categories (slug, name, description) VALUES ('c', 'C#', 'kept'), ('cafe-the', 'Café & Thé', ''),
                    ('mode', 'Mode', ''), ('mine', 'By hand!', ''), ('v-2', 'V 2', '');
                INSERT INTO companies (siret, name, category) VALUES ('1', 'A', 'c'), ('2', 'B', 'C#'), ('3', 'C', 'C++'),
                    ('4', 'D', 'cafe-the'), ('5', 'E', 'V/2'), ('6', 'F', 'Mode'), ('7', 'G', NULL);
                INSERT INTO shops (slug, name, category) VALUES ('chez-a', 'Chez A+', 'cafe-the'), ('b', 'B', 'C')""");

        start();

        assertThat(lines("SELECT slug || '=' || name FROM categories ORDER BY name COLLATE \"C\""))
                .containsExactly(
                        "mine=By hand!",
                        "c=C",
                        "c-sharp=C#",
                        "c-plus-plus=C++",
                        "cafe-and-the-xy0h2zyk5=Café & Thé",
                        "mode=Mode",
                        "v-2=V 2",
                        "v-2-x85mk0avy=V/2");
        assertThat(lines("SELECT siret || ' ' || coalesce(category, '-') FROM companies ORDER BY siret"))
                .containsExactly("1 c-sharp", "2 C#", "3 C++", "4 cafe-and-the-xy0h2zyk5", "5 V/2", "6 Mode", "7 -");
        assertThat(lines("SELECT slug || ' ' || category FROM shops ORDER BY slug"))
                .containsExactly("b C", "chez-a-plus cafe-and-the-xy0h2zyk5");
        assertThat(SqlRun.text(config, "SELECT description FROM categories WHERE name = 'C#'"))
                .isEqualTo("kept");
        assertThat(lines("SELECT kind || ' ' || change || ' ' || old_key || ' ' || new_key FROM import_key_changes"
                        + " ORDER BY kind, change, old_key, new_key"))
                .containsExactly(
                        "categories renamed c c-sharp",
                        "categories renamed cafe-the cafe-and-the-xy0h2zyk5",
                        "categories split c c",
                        "categories split c c-plus-plus",
                        "categories split v-2 v-2-x85mk0avy",
                        "companies reference c c-sharp",
                        "companies reference cafe-the cafe-and-the-xy0h2zyk5",
                        "shops reference cafe-the cafe-and-the-xy0h2zyk5",
                        "shops renamed chez-a chez-a-plus");
    }

    @Test
    void aSubcategoryIsMovedIntoItsCategoryAndSplitByTheCategoriesThatNameIt() {
        SqlRun.on(config, """
                INSERT INTO categories (slug, name) VALUES ('auto', 'Auto'), ('fashion', 'Mode');
                INSERT INTO subcategories (slug, name, category, description) VALUES
                    ('accessoires', 'Accessoires', 'Mode', 'Bags'), ('divers', 'Divers', NULL, NULL);
                INSERT INTO companies (siret, name, category, subcategory) VALUES ('1', 'A', 'Auto', 'Accessoires'),
                    ('2', 'B', 'Mode', 'Accessoires'), ('3', 'C', 'Auto', 'accessoires'),
                    ('4', 'D', 'fashion', 'accessoires'), ('5', 'E', NULL, 'accessoires'), ('6', 'F', 'Auto', 'Divers')""");

        start();

        assertThat(lines("SELECT concat_ws('|', slug, name, category, description) FROM subcategories ORDER BY slug"))
                .containsExactly(
                        "auto--accessoires|Accessoires|Auto",
                        "divers|Divers",
                        "mode--accessoires|Accessoires|Mode|Bags");
        assertThat(lines("SELECT siret || ' ' || subcategory FROM companies ORDER BY siret"))
                .containsExactly(
                        "1 Accessoires",
                        "2 Accessoires",
                        "3 auto--accessoires",
                        "4 mode--accessoires",
                        "5 mode--accessoires",
                        "6 Divers");
    }

    @Test
    void aRowWhoseNewKeyIsTakenStaysAndIsNamed() {
        SqlRun.on(config, """
                INSERT INTO categories (slug, name) VALUES ('c-sharp', 'Given by hand'), ('c', 'C#'),
                    ('c-plus-plus', 'C plus plus'), ('a', 'A+')""");

        start();

        assertThat(lines("SELECT slug || '=' || name FROM categories ORDER BY name COLLATE \"C\""))
                .hasSize(4)
                .contains("c=C#", "c-sharp=Given by hand", "a-plus=A+")
                .anyMatch(row -> row.matches("c-plus-plus-x.{8}=C plus plus"));
        assertThat(SqlRun.text(
                        config, "SELECT old_key || ' ' || new_key FROM import_key_changes WHERE change = 'kept'"))
                .isEqualTo("c c-sharp");
    }

    @Test
    void aKeyThatAnotherRowLeavesIsFree() {
        SqlRun.on(config, "INSERT INTO categories (slug, name) VALUES ('c', 'C++'), ('c-plus-plus', 'C plus plus')");

        start();

        assertThat(SqlRun.text(config, "SELECT name FROM categories WHERE slug = 'c-plus-plus'"))
                .isEqualTo("C++");
    }

    @Test
    void rowsAreMovedOnceAndNewTablesNever() {
        start();
        SqlRun.on(config, "INSERT INTO categories (slug, name) VALUES ('c', 'C++')");

        start();

        assertThat(SqlRun.text(config, "SELECT slug FROM categories")).isEqualTo("c");
        SqlRun.on(config, "DROP TABLE categories; DELETE FROM import_key_rules");
        new PostgresRowStore(postgres, Clock.systemUTC())
                .prepare(ImportKinds.load(Optional.empty()).find("categories").orElseThrow());
        SqlRun.on(config, "INSERT INTO categories (slug, name) VALUES ('c', 'C++')");
        start();
        assertThat(SqlRun.text(config, "SELECT slug FROM categories")).isEqualTo("c");
    }

    @Test
    void aTableThatAnotherProgramRefersToStaysAsItIs() {
        SqlRun.on(config, """
                INSERT INTO categories (slug, name) VALUES ('c', 'C++'); INSERT INTO shops (slug, name) VALUES ('a', 'A+');
                CREATE TABLE theirs (category text REFERENCES categories); INSERT INTO theirs VALUES ('c')""");

        start();

        assertThat(SqlRun.text(config, "SELECT slug FROM categories")).isEqualTo("c");
        assertThat(SqlRun.text(config, "SELECT slug FROM shops")).isEqualTo("a-plus");
        SqlRun.on(config, "DROP TABLE theirs");
        start();
        assertThat(SqlRun.text(config, "SELECT slug FROM categories")).isEqualTo("c-plus-plus");
    }

    /** What the indexer does when it starts. */
    private void start() {
        var store = new PostgresRowStore(postgres, Clock.systemUTC());
        var kinds = ImportKinds.load(Optional.of(folder)).all().stream()
                .filter(kind -> kind.target() == Target.TABLE)
                .toList();
        kinds.forEach((ImportKind kind) -> store.prepare(kind));
        store.moveKeys(kinds);
    }

    private List<String> lines(String sql) {
        return SqlRun.text(config, "SELECT string_agg(line, E'\\n') FROM (" + sql + ") AS q (line)")
                .lines()
                .toList();
    }
}
