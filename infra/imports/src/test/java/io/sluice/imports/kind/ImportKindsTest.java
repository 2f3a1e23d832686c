package io.sluice.imports.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.imports.values.RowRules;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportKindsTest {
    private static final String SHOPS = """
            description: Shops
            key: code
            fields:
              name:
                required: true
              code:
                max_length: 20
                synonyms: [shop code]
            """;

    @TempDir
    private Path folder;

    @Test
    void fourKindsComeWithSluice() {
        var kinds = ImportKinds.load(Optional.empty());

        assertThat(kinds.all())
                .extracting(ImportKind::name)
                .containsExactly("categories", "companies", "products", "subcategories");
        assertThat(kinds.find("companies")).hasValueSatisfying(companies -> {
            assertThat(companies.key().name()).isEqualTo("siret");
            assertThat(companies.fieldNames())
                    .isEqualTo(
                            "siret, name, siren, category, subcategory, address, city, postcode, phone, email, website, naf");
            assertThat(companies.keepsUnknown()).isTrue();
            assertThat(companies.fields())
                    .filteredOn(Field::required)
                    .extracting(Field::name)
                    .containsExactly("siret", "name");
        });
        assertThat(kinds.find("products")).hasValueSatisfying(products -> {
            assertThat(products.keeps("metadata.color")).isTrue();
            assertThat(products.keeps("color")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"companies", "categories", "subcategories", "products"})
    void theExampleOfEachKindIsARightRow(String name) {
        var kind = ImportKinds.load(Optional.empty()).find(name).orElseThrow();
        var example = new LinkedHashMap<String, String>();
        kind.fields().forEach(field -> example.put(field.name(), field.example()));

        assertThat(new RowRules(kind).check(example)).isInstanceOf(RowRules.Checked.Accepted.class);
        assertThat(example).doesNotContainValue("");
    }

    @Test
    void anOperatorsFolderAddsKindsAndReplacesOurs() throws IOException {
        Files.writeString(folder.resolve("shops.yaml"), SHOPS);
        Files.writeString(folder.resolve("companies.yaml"), SHOPS);
        Files.writeString(folder.resolve("README.md"), "no kind");
        Files.writeString(folder.resolve("._shops.yaml"), "what a Mac leaves behind");

        var kinds = ImportKinds.load(Optional.of(folder));

        assertThat(kinds.names()).isEqualTo("categories, companies, products, shops, subcategories");
        assertThat(kinds.find("companies").orElseThrow().fieldNames()).isEqualTo("code, name");
    }

    @Test
    void theExampleInTheDocumentationIsAKind() throws IOException {
        var page = Files.readString(Path.of("../../docs/import-kinds.md"));
        var from = page.indexOf("```yaml\n") + "```yaml\n".length();
        Files.writeString(folder.resolve("restaurants.yaml"), page.substring(from, page.indexOf("```", from)));

        var restaurants =
                ImportKinds.load(Optional.of(folder)).find("restaurants").orElseThrow();

        assertThat(restaurants.key().name()).isEqualTo("license_number");
        assertThat(restaurants.fields())
                .allSatisfy(field -> assertThat(page).contains("`" + field.type() + "`"))
                .hasSizeGreaterThan(5);
    }

    @Test
    void theDocumentationTellsOfEveryTypeAndEveryWord() throws IOException {
        var page = Files.readString(Path.of("../../docs/import-kinds.md"));

        assertThat(FieldType.values()).allSatisfy(type -> assertThat(page).contains("| `" + type + "` |"));
        assertThat(KindFile.class.getRecordComponents())
                .allSatisfy(word -> assertThat(page).contains(row(word)));
        assertThat(KindFile.FieldEntry.class.getRecordComponents())
                .allSatisfy(word -> assertThat(page).contains(row(word)));
    }

    /** Another test has the names of all tables. */
    @ParameterizedTest
    @ValueSource(strings = {"photos", "embeddings", "object_removals", "photo_sweep_old", "face_matches"})
    void aKindWithTheNameOfATableOfSluiceStopsTheStart(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), SHOPS);

        assertThatThrownBy(() -> ImportKinds.load(Optional.of(folder)))
                .isInstanceOf(UnusableKindException.class)
                .hasMessageEndingWith("%s.yaml: '%s' is too close to the name of a table of Sluice: choose another name"
                                .formatted(name, name)
                        + " for the kind");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name        | required: true, max_length: 1001  | 1000
            name        | max_length: 1000                  | 1000
            description | required: true, max_length: 20001 | 20000
            description | max_length: 20000                 | 20000
            """)
    void aKindOfProductsAsksForWhatAProductNeeds(String field, String wrong, int longest) throws IOException {
        var file = """
                key: product_id
                goes_to: products
                fields:
                  product_id:
                  name: {required: true, max_length: 1000}
                  description: {required: true, max_length: 20000}
                """;
        Files.writeString(folder.resolve("sofas.yaml"), file);
        assertThat(ImportKinds.load(Optional.of(folder)).find("sofas")).isPresent();

        Files.writeString(
                folder.resolve("sofas.yaml"), file.replaceFirst(field + ": \\{.*}", field + ": {" + wrong + "}"));
        assertThatThrownBy(() -> ImportKinds.load(Optional.of(folder)))
                .isInstanceOf(UnusableKindException.class)
                .hasMessageEndingWith(
                        "sofas.yaml: '%s' of a product must have 'required: true' and a max_length of at most %d"
                                .formatted(field, longest));
    }

    private static String row(RecordComponent word) {
        return "| `" + word.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + "` |";
    }

    @Test
    void aFileThatWouldBeOverlookedIsNamed() throws IOException {
        Files.writeString(folder.resolve("shops.yml"), SHOPS);

        assertThatThrownBy(() -> ImportKinds.load(Optional.of(folder)))
                .hasMessageEndingWith("rename it to end in .yaml");
        assertThatThrownBy(() -> ImportKinds.load(Optional.of(folder.resolve("none"))))
                .hasMessageContaining("(SLUICE_IMPORT_KINDS) cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max_length: 20    | max_lenght: 20       | line 7: fields.code.max_lenght: 'max_lenght' is not known here; known are: derived_from, example, max_length, pad_to, parent, refers_to, required, synonyms, type
            max_length: 20    | type: number         | line 7: fields.code.type: 'number' cannot be read: write one of text, siret, siren
            max_length: 20    | max_length: long     | line 7: fields.code.max_length: 'long' cannot be read: write a whole number
            max_length: 20    | max_length: 0        | line 6: fields.code: max_length must be between 1 and 100000, is 0
            max_length: 20    | max_length: 256      | the key 'code' may have a max_length of at most 255, has 256
            max_length: 20    | type: integer        | rows are known by a text, and the key 'code' is of the type integer: write 'type: text'
            max_length: 20    | type: boolean        | rows are known by a text, and the key 'code' is of the type boolean: write 'type: text'
            max_length: 20    | pad_to: 99           | line 6: fields.code: pad_to must be between 1 and 30, is 99
            max_length: 20    | required: perhaps    | fields.code.required: 'perhaps' cannot be read: write true or false
            max_length: 20    | derived_from: name   | fields.code: derived_from is for a slug, and 'code' is a text
            max_length: 20    | parent: name         | fields.code: parent goes with refers_to
            max_length: 20    | refers_to: towns     | fields.code: there is no kind 'towns' to refer to; there are: categories, companies
            max_length: 20    | refers_to: companies | it refers to 'companies', whose rows cannot be made for it
            [shop code]       | [Name]               | the header 'name' belongs to 'code' and to 'name'
            [shop code]       | [shop code, ~]       | a synonym of 'code' is blank: remove it
            [shop code]       | ' -'                 | line 8: is not valid YAML: sequence entries are not allowed here
            key: code         | key: number          | write 'key:' and the field by which a row is known; there are: name, code
            key: code         | keys: code           | line 2: keys: 'keys' is not known here; known are: description, fields, goes_to, key, unknown_columns
            name:             | Name:                | line 4: fields.Name: 'Name' cannot be the name of a table or column
            name:             | extra:               | fields.extra: 'extra' is a column of Sluice itself
            name:             | code:                | line 6: is not valid YAML: Duplicate field 'code'
            fields:           | fields: [             | line 3: fields: is not in the form that is expected here
            description: Shops | goes_to: products   | a kind that goes to products has the key product_id and the fields name and description
            """)
    void aFileThatIsWrongIsRefusedWithItsPlaceAndWhatToWrite(String right, String wrong, String message)
            throws IOException {
        Files.writeString(folder.resolve("shops.yaml"), SHOPS.replace(right, wrong));

        assertThatThrownBy(() -> ImportKinds.load(Optional.of(folder)))
                .isInstanceOf(UnusableKindException.class)
                .hasMessageContaining("shops.yaml")
                .hasMessageContaining(message);
    }
}
