package io.sluice.imports.values;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.imports.kind.Templates;
import io.sluice.imports.values.RowRules.Checked;
import io.sluice.imports.values.RowRules.Checked.Accepted;
import io.sluice.imports.values.RowRules.Checked.Refused;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowRulesTest {
    private static final String SIRET = "73282932000074";

    private final ImportKinds kinds = ImportKinds.load(Optional.empty());
    private final RowRules companies = rules("companies");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            SIRET    | 73282932000074       | 73282932000074
            SIRET    | 732 829 320 00074    | 73282932000074
            SIRET    | 732.829.320.00074    | 73282932000074
            SIRET    | 35600000000048       | 35600000000048
            SIRET    | 35600000009075       | 35600000009075
            SIREN    | 732 829 320          | 732829320
            SIREN    | 123456789            | 123456789
            POSTCODE | 01000                | 01000
            POSTCODE | 75 001               | 75001
            POSTCODE | 75.001               | 75001
            PHONE    | '+33 (0)1  23.45-67/89' | '+33 (0)1 23.45-67/89'
            PHONE    | 0123456789           | 0123456789
            EMAIL    | Jean.O'Neil@mail.example.com | Jean.O'Neil@mail.example.com
            EMAIL    | é@exämple.fr         | é@exämple.fr
            URL      | example.com          | example.com
            URL      | example.com/?u=https://x.fr | example.com/?u=https://x.fr
            URL      | example.com#://      | example.com#://
            URL      | HTTPS://www.example.com:8080/a?b#c | HTTPS://www.example.com:8080/a?b#c
            NAF      | 62.01Z               | 62.01Z
            NAF      | 6201z                | 6201Z
            NAF      | 62.0                 | 62.0
            SLUG     | cafe-2-the           | cafe-2-the
            INTEGER  | '1 234'              | 1234
            INTEGER  | +007                 | 7
            INTEGER  | -0                   | 0
            INTEGER  | 80,00                | 80
            DECIMAL  | 12,50                | 12.5
            DECIMAL  | 12.50                | 12.5
            DECIMAL  | 1 234,5              | 1234.5
            DECIMAL  | 1.234,5              | 1234.5
            DECIMAL  | 1,234.5              | 1234.5
            DECIMAL  | 1.234.567            | 1234567
            DECIMAL  | '-1,234,567.25'      | -1234567.25
            DECIMAL  | 1,234                | 1.234
            DECIMAL  | 100                  | 100
            DECIMAL  | ,5                   | 0.5
            DECIMAL  | 0,00                 | 0
            DATE     | 2026-12-31           | 2026-12-31
            DATE     | 31/12/2026           | 2026-12-31
            DATE     | 1.2.2026             | 2026-02-01
            DATE     | 29-02-2024           | 2024-02-29
            DATE     | 2026-12-31T00:00:00  | 2026-12-31
            DATE     | 31/12/2026 00:00     | 2026-12-31
            DATE     | 31/12/2026 à 14h30   | 2026-12-31
            DATE     | 31/12/2026 2:30:59 PM | 2026-12-31
            DATE     | 2026-12-31 23:59:59.999 | 2026-12-31
            DATE     | 2026-12-31T23:30:00Z | 2026-12-31
            DATE     | 2026-12-31T23:30+02:00[Europe/Paris] | 2026-12-31
            DATE     | 2026-12-31 08:00:00 UTC | 2026-12-31
            BOOLEAN  | Oui                  | true
            BOOLEAN  | VRAI                 | true
            BOOLEAN  | 1                    | true
            BOOLEAN  | no                   | false
            BOOLEAN  | faux                 | false
            TEXT     | a  b                 | a  b
            TEXT     | '#1 of #N/A'         | #1 of #N/A
            """)
    void aRightValueIsWrittenInOneForm(FieldType type, String value, String written) {
        assertThat(check(type, value)).isEqualTo(new Accepted("k", Map.of("key", "k", "value", written)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SIRET    | 7328293200007        | must have 14 digits, has 13
            SIRET    | 7328293200007A       | must have 14 digits and nothing else, is '7328293200007A'
            SIRET    | 73282932000075       | has a wrong check digit: one of its digits is mistyped
            SIRET    | 35600000000041       | has a wrong check digit: one of its digits is mistyped
            SIRET    | 00000000000000       | must not be all zeros
            SIRET    | 7.32829E+13          | was turned into 7.32829E+13 by a spreadsheet program: digits are lost; format the column as text
            SIRET    | 7,32829E13           | was turned into 7,32829E13 by a spreadsheet program: digits are lost; format the column as text
            SIRET    | 1234567890123.0      | was written as the decimal number 1234567890123.0 by a program: format the column as text
            SIREN    | 12345678.0           | was written as the decimal number 12345678.0 by a program: format the column as text
            SIREN    | 12345678             | must have 9 digits, has 8
            SIREN    | E12                  | must have 9 digits and nothing else, is 'E12'
            POSTCODE | 1000                 | must have 5 digits, has 4
            POSTCODE | 1000.0               | was written as the decimal number 1000.0 by a program: format the column as text
            POSTCODE | '1 000,0'            | was written as the decimal number 1 000,0 by a program: format the column as text
            POSTCODE | F-75001              | must have 5 digits and nothing else, is 'F-75001'
            PHONE    | ask Marie            | must be a telephone number, is 'ask Marie'
            PHONE    | 123                  | must be a telephone number of 4 to 20 digits, has 3
            PHONE    | 6,12E+08             | was turned into 6,12E+08 by a spreadsheet program: digits are lost; format the column as text
            PHONE    | 612345678.0          | was written as the decimal number 612345678.0 by a program: format the column as text
            PHONE    | +33612345678.00      | was written as the decimal number +33612345678.00 by a program: format the column as text
            EMAIL    | a@b                  | must be an e-mail address such as name@example.com, is 'a@b'
            EMAIL    | a@b@c.fr             | must be an e-mail address such as name@example.com, is 'a@b@c.fr'
            EMAIL    | a b@c.fr             | must be an e-mail address such as name@example.com, is 'a b@c.fr'
            EMAIL    | @c.fr                | must be an e-mail address such as name@example.com, is '@c.fr'
            EMAIL    | a@.fr                | must be an e-mail address such as name@example.com, is 'a@.fr'
            URL      | localhost            | must be a web address such as https://example.com, is 'localhost'
            URL      | javascript:alert(1)  | must be a web address such as https://example.com, is 'javascript:alert(1)'
            URL      | ftp://example.com    | must be a web address such as https://example.com, is 'ftp://example.com'
            URL      | http://              | must be a web address such as https://example.com, is 'http://'
            NAF      | 6                    | must be an activity code such as 62.01Z, is '6'
            NAF      | 62.                  | must be an activity code such as 62.01Z, is '62.'
            NAF      | 62.01ZZ              | must be an activity code such as 62.01Z, is '62.01ZZ'
            SLUG     | Café Thé             | must be lower-case letters, digits and hyphens, such as cafe-the, is 'Café Thé'
            SLUG     | a--b                 | must be lower-case letters, digits and hyphens, such as a-b, is 'a--b'
            SLUG     | -                    | must be lower-case letters, digits and hyphens, is '-'
            INTEGER  | 1.000                | must be a whole number, is '1.000'
            INTEGER  | 1.5                  | must be a whole number, is '1.5'
            INTEGER  | 99999999999999999999 | must be a whole number of at most 18 digits, is '99999999999999999999'
            INTEGER  | 1E+20                | was turned into 1E+20 by a spreadsheet program: digits are lost; format the column as text
            DECIMAL  | 1.2.3                | must be a number such as 12.5, is '1.2.3'
            DECIMAL  | 1,2,3.5              | must be a number such as 12.5, is '1,2,3.5'
            DECIMAL  | twelve               | must be a number such as 12.5, is 'twelve'
            DECIMAL  | .                    | must be a number such as 12.5, is '.'
            DECIMAL  | 1E999999999          | was turned into 1E999999999 by a spreadsheet program: digits are lost; format the column as text
            DATE     | 31/02/2026           | must be a date such as 2026-12-31 or 31/12/2026, is '31/02/2026'
            DATE     | 12/31/2026           | must be a date such as 2026-12-31 or 31/12/2026, is '12/31/2026'
            DATE     | 31/12/2026 25:00     | must be a date such as 2026-12-31 or 31/12/2026, is '31/12/2026 25:00'
            DATE     | 2026-12-31 12        | must be a date such as 2026-12-31 or 31/12/2026, is '2026-12-31 12'
            DATE     | 2026-12-31/2027-01-31 | must be a date such as 2026-12-31 or 31/12/2026, is '2026-12-31/2027-01-31'
            DATE     | yesterday            | must be a date such as 2026-12-31 or 31/12/2026, is 'yesterday'
            DATE     | 0000-01-01           | must be a date such as 2026-12-31 or 31/12/2026, is '0000-01-01'
            TEXT     | '#REF!'              | has the error #REF! of the spreadsheet program instead of a value: mend its formula, or clear the cell
            TEXT     | ' #N/A '             | has the error #N/A of the spreadsheet program instead of a value: mend its formula, or clear the cell
            DECIMAL  | '#VALEUR!'           | has the error #VALEUR! of the spreadsheet program instead of a value: mend its formula, or clear the cell
            BOOLEAN  | perhaps              | must be oui or non (or yes, no, true, false, 1, 0), is 'perhaps'
            """)
    void aWrongValueIsRefusedWithAReasonInWords(FieldType type, String value, String reason) {
        assertThat(check(type, value)).isEqualTo(new Refused(List.of(new Reason("value", reason))));
    }

    @Seeded
    @Test
    void anyMistypedDigitOfASiretIsSeen(Seed seed) {
        var random = seed.random();
        for (var i = 0; i < 2_000; i++) {
            var siret = siret(random);
            assertThat(FrenchForms.siret(siret)).as(siret).isEqualTo(new Form.Read.Good(siret));

            var mistyped = new StringBuilder(siret);
            var at = random.nextInt(siret.length());
            mistyped.setCharAt(at, (char) ('0' + (siret.charAt(at) - '0' + 1 + random.nextInt(9)) % 10));
            assertThat(FrenchForms.siret(mistyped.toString()))
                    .as("%s of %s", mistyped, siret)
                    .isInstanceOf(Form.Read.Bad.class);
        }
    }

    @Test
    void allReasonsOfARowAreTold() {
        assertThat(refused(companies, Map.of("name", " ", "siret", "123", "email", "nobody", "city", "Lyon")))
                .containsExactly(
                        new Reason("siret", "must have 14 digits, has 3"),
                        new Reason("name", "must not be blank"),
                        new Reason("email", "must be an e-mail address such as name@example.com, is 'nobody'"));
        assertThat(refused(companies, Map.of("siret", SIRET))).containsExactly(new Reason("name", "is missing"));
    }

    @Test
    void blankEmptiesAFieldAndMissingLeavesItOut() {
        var accepted =
                accepted(companies, Map.of("siret", SIRET, "name", "A", "city", " \u00a0\u202f\t", "postcode", ""));

        assertThat(accepted.key()).isEqualTo(SIRET);
        assertThat(accepted.fields())
                .containsOnly(
                        Map.entry("siret", SIRET),
                        Map.entry("name", "A"),
                        Map.entry("city", ""),
                        Map.entry("postcode", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {" A ", "\u00a0A\u00a0", "\u202fA", "\uFEFFA\u200B", "\tA\r\n"})
    void whiteSpaceOfEveryKindIsTakenAway(String name) {
        assertThat(accepted(companies, Map.of("siret", SIRET, "name", name)).fields())
                .containsEntry("name", "A");
    }

    @Test
    void lengthsAreThoseOfCharactersNotOfBytesOrHalves() {
        assertThat(companies.check(Map.of("siret", SIRET, "name", "𝄞".repeat(255))))
                .isInstanceOf(Accepted.class);
        assertThat(refused(companies, Map.of("siret", SIRET, "name", "é".repeat(256))))
                .containsExactly(new Reason("name", "may have at most 255 characters, has 256"));
    }

    @Test
    void whatNoDatabaseCanStoreIsRefused() {
        assertThat(refused(companies, Map.of("siret", SIRET, "name", "a\0b", "city", "a\ud800b", "note", "\udc00")))
                .containsExactly(
                        new Reason("name", "has a NUL character (number 2): remove it"),
                        new Reason("city", "has half a character (number 2): remove it"),
                        new Reason("note", "has half a character (number 1): remove it"));
    }

    @Test
    void whatIsNoFieldIsKeptWhereTheKindKeepsIt() {
        assertThat(accepted(companies, Map.of("siret", SIRET, "name", "A", "Chiffre d'affaires", " 12 "))
                        .fields())
                .containsEntry("Chiffre d'affaires", "12");
        assertThat(accepted(rules("categories"), Map.of("name", "A", "color", "red"))
                        .fields())
                .containsOnlyKeys("slug", "name");
        var product = Map.of("product_id", "p", "name", "n", "description", "d", "metadata.color", "red", "price", "1");
        assertThat(accepted(rules("products"), product).fields())
                .containsEntry("metadata.color", "red")
                .doesNotContainKey("price");
    }

    @Test
    void anErrorOfTheSpreadsheetProgramIsNotKeptEither() {
        assertThat(refused(companies, Map.of("siret", SIRET, "name", "#NOM?", "Chiffre", "#DIV/0!")))
                .extracting(Reason::field)
                .containsExactly("name", "Chiffre");
    }

    @Test
    void whatIsNoFieldIsKeptBesideAFieldThatIsDerived() {
        var slug = new Field(
                "slug",
                FieldType.SLUG,
                false,
                255,
                List.of(),
                0,
                Optional.of("name"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        var kind = new ImportKind("shops", "", List.of(field("name", FieldType.TEXT, true), slug), true, Target.TABLE);

        assertThat(accepted(new RowRules(kind), Map.of("name", "Le Zinc", "owner", "Zoé"))
                        .fields())
                .isEqualTo(Map.of("name", "Le Zinc", "slug", "le-zinc", "owner", "Zoé"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Café, thé           | cafe-the
            '  Œuvres d''art '  | oeuvres-d-art
            Straße Ægir         | strasse-aegir
            C++                 | c-plus-plus
            """)
    void aSlugIsMadeOfTheNameWhenItIsMissingOrBlank(String name, String slug) {
        assertThat(accepted(rules("categories"), Map.of("name", name)).key()).isEqualTo(slug);
        assertThat(accepted(rules("categories"), Map.of("slug", " ", "name", name))
                        .key())
                .isEqualTo(slug);
        assertThat(accepted(rules("categories"), Map.of("slug", "mine", "name", name))
                        .key())
                .isEqualTo("mine");
    }

    @Test
    void aSubcategoryIsKnownByItsNameInItsCategory() {
        var subcategories = rules("subcategories");

        assertThat(accepted(subcategories, Map.of("name", "Accessoires", "category", "Auto"))
                        .key())
                .isEqualTo("auto--accessoires");
        assertThat(accepted(subcategories, Map.of("name", "ACCESSOIRES", "category", "auto"))
                        .key())
                .isEqualTo("auto--accessoires");
        assertThat(accepted(subcategories, Map.of("name", "Accessoires", "category", "Mode"))
                        .key())
                .isEqualTo("mode--accessoires");
        assertThat(accepted(subcategories, Map.of("name", "Accessoires", "category", " "))
                        .key())
                .isEqualTo("accessoires");
        assertThat(accepted(subcategories, Map.of("name", "Accessoires")).key()).isEqualTo("accessoires");
        for (var given : List.of("accessoires", "auto--accessoires")) {
            assertThat(accepted(subcategories, Map.of("slug", given, "name", "A", "category", "Mode"))
                            .key())
                    .isEqualTo(given);
        }
        assertThat(refused(subcategories, Map.of("slug", "a--b--c", "name", "A")))
                .extracting(Reason::field)
                .containsExactly("slug");
    }

    @Test
    void aNameThatNoSlugCanBeMadeOfNeedsOne() {
        assertThat(refused(rules("categories"), Map.of("name", "\u00A0")))
                .containsExactly(
                        new Reason("slug", "is blank and cannot be made of name: write one"),
                        new Reason("name", "must not be blank"));
        assertThat(refused(rules("categories"), Map.of("description", "x")))
                .containsExactly(new Reason("slug", "is missing"), new Reason("name", "is missing"));
    }

    @Test
    void aTemplateIsAHeaderAndARowWithTheMarkThatExcelWants() {
        assertThat(Templates.csv(kinds.find("categories").orElseThrow()))
                .isEqualTo("\uFEFFslug,name,description\r\nalimentation,Alimentation,Tout ce qui se mange\r\n");
        assertThat(Templates.csv(kinds.find("products").orElseThrow()).getBytes(UTF_8))
                .startsWith(0xEF, 0xBB, 0xBF)
                .asString(UTF_8)
                .endsWith("metadata.color\r\nsku-1,Garden chair,\"Folds flat, acacia wood\",green\r\n");
    }

    private static String siret(Random random) {
        var digits = "%013d".formatted(random.nextLong(1, 10_000_000_000_000L));
        for (var check = 0; check < 10; check++) {
            if (luhn(digits + check)) {
                return digits + check;
            }
        }
        throw new IllegalStateException("a check digit exists for " + digits);
    }

    /** Told by a table of doubled digits, unlike the code that is tested. */
    private static boolean luhn(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var isDoubled = (digits.length() - i) % 2 == 0;
            sum += (isDoubled ? "0246813579" : "0123456789").charAt(digits.charAt(i) - '0') - '0';
        }
        return sum % 10 == 0;
    }

    private RowRules rules(String kind) {
        return new RowRules(kinds.find(kind).orElseThrow());
    }

    private static Checked check(FieldType type, String value) {
        var kind = new ImportKind(
                "things",
                "",
                List.of(field("key", FieldType.TEXT, true), field("value", type, false)),
                false,
                Target.TABLE);
        return new RowRules(kind).check(Map.of("key", "k", "value", value));
    }

    private static Field field(String name, FieldType type, boolean required) {
        return new Field(
                name,
                type,
                required,
                255,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static Accepted accepted(RowRules rules, Map<String, String> fields) {
        assertThat(rules.check(fields)).isInstanceOf(Accepted.class);
        return (Accepted) rules.check(fields);
    }

    private static List<Reason> refused(RowRules rules, Map<String, String> fields) {
        assertThat(rules.check(fields)).isInstanceOf(Refused.class);
        return ((Refused) rules.check(fields)).reasons();
    }
}
