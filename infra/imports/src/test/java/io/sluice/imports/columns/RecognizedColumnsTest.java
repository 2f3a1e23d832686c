package io.sluice.imports.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.imports.columns.Column.Kept;
import io.sluice.imports.columns.Column.Skipped;
import io.sluice.imports.columns.Column.Unused;
import io.sluice.imports.columns.RecognizedColumns.UnusableHeaderException;
import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognizedColumnsTest {
    private final ImportKinds kinds = ImportKinds.load(Optional.empty());
    private final ImportKind companies = kinds.find("companies").orElseThrow();
    private final ImportKind categories = kinds.find("categories").orElseThrow();
    private final ImportKind products = kinds.find("products").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "siret, siret",
        "SIRET, siret",
        "' N° SIRET ', siret",
        "'Numéro de SIRET', siret",
        "nom, name",
        "NOM, name",
        "Raison-Sociale, name",
        "catégorie, category",
        "sous_categorie, subcategory",
        "Sous-Catégorie, subcategory",
        "SOUS CATEGORIE, subcategory",
        "adresse, address",
        "Ville, city",
        "code_postal, postcode",
        "Code Postal, postcode",
        "CodePostal, postcode",
        "code‑postal, postcode",
        "téléphone, phone",
        "telephone, phone",
        "Tél, phone",
        "site_web, website",
        "Site\u00a0Web, website",
        "E-mail, email",
        "code APE, naf",
        "\uFEFFsiret, siret",
        "Nom de l’entreprise, name",
    })
    void aHeaderIsRecognizedHoweverItIsWritten(String header, String field) {
        var others = companies.fields().stream().map(Field::name).filter(name -> !name.equals(field));
        var columns =
                recognize(companies, Stream.concat(Stream.of(header), others).toList());

        assertThat(columns.field(0)).map(Field::name).hasValue(field);
        assertThat(columns.notes()).isEmpty();
    }

    @Test
    void whatIsNoFieldIsKeptUnderItsOwnNameWhereTheKindKeepsIt() {
        var columns = recognize(companies, List.of("Siret", "Nom", " Chiffre  d'affaires "));

        assertThat(columns.header()).containsExactly("Siret", "Nom", "Chiffre d'affaires");
        assertThat(columns.mapping()).containsExactly(Map.entry("Siret", "siret"), Map.entry("Nom", "name"));
        assertThat(columns.fields(List.of("1", "2", "3")))
                .containsExactly(Map.entry("siret", "1"), Map.entry("name", "2"), Map.entry("Chiffre d'affaires", "3"));
        assertThat(columns.notes())
                .containsExactly("No field of companies, and kept in extra as they are: Chiffre d'affaires.");
    }

    @Test
    void whatIsNoFieldIsNamedWhereTheKindIgnoresIt() {
        var columns = recognize(categories, List.of("nom", "couleur", "rang"));

        assertThat(columns.all()).element(1).isEqualTo(new Unused("couleur"));
        assertThat(columns.fields(List.of("a", "b", "c"))).containsOnlyKeys("name");
        assertThat(columns.cells(List.of("a", "b", "c"))).containsOnlyKeys("nom", "couleur", "rang");
        assertThat(columns.notes()).containsExactly("Not used, because categories has no such field: couleur, rang.");
    }

    @Test
    void metadataOfAProductIsRecognizedByItsPrefix() {
        var columns = recognize(products, List.of("SKU", "Nom", "Description", "Metadata.Color", "price"));

        assertThat(columns.fields(List.of("1", "2", "3", "4", "5")))
                .containsEntry("metadata.Color", "4")
                .doesNotContainKey("price");
        assertThat(columns.notes()).containsExactly("Not used, because products has no such field: price.");
    }

    @Test
    void aCellThatIsMissingAtTheEndOfARowIsBlank() {
        var columns = recognize(companies, List.of("siret", "nom", "ville"));

        assertThat(columns.fields(List.of("1")))
                .containsExactly(Map.entry("siret", "1"), Map.entry("name", ""), Map.entry("city", ""));
        assertThat(columns.cells(List.of("1"))).containsEntry("ville", "");
    }

    @Test
    void whatARowDoesNotSpeakOfIsLeftOut() {
        var columns = recognize(companies, List.of("siret", "nom", "ville", "note"));

        assertThat(columns.fields(List.of("1", "", "", ""), Set.of(2, 3))).isEqualTo(Map.of("siret", "1", "name", ""));
        assertThat(columns.cells(List.of("1", "", "", ""), Set.of(2, 3))).isEqualTo(Map.of("siret", "1", "nom", ""));
    }

    @Test
    void theSameHeaderTwiceIsKeptTwice() {
        var columns = recognize(companies, List.of("siret", "nom", "note", "note", "note (2)"));

        assertThat(columns.header())
                .containsExactly("siret", "nom", "note", "note (2)", "note (2) (2)")
                .doesNotHaveDuplicates();
        assertThat(columns.notes()).contains("There is more than one column 'note': one of them is called 'note (2)'.");
    }

    @Test
    void twoColumnsForOneFieldAreAnError() {
        assertThatThrownBy(() -> recognize(companies, List.of("siret", "nom", "Ville", "commune")))
                .isInstanceOf(UnusableHeaderException.class)
                .hasMessage(
                        "Columns 'Ville' (3) and 'commune' (4) are both city: rename or remove one of them, or name the"
                                + " one to use: --map 'Ville=city', or in a call mapping={\"Ville\":\"city\"}");
        assertThat(RecognizedColumns.recognize(
                                companies, List.of("siret", "nom", "Ville", "commune"), Map.of("Ville", "city"))
                        .mapping())
                .containsEntry("Ville", "city")
                .doesNotContainKey("commune");
        assertThatThrownBy(() -> recognize(companies, List.of("siret", "Siret", "nom")))
                .hasMessageStartingWith(
                        "Columns 'siret' (1) and 'Siret' (2) are both siret: rename or remove one of them, or");
        assertThatThrownBy(() -> recognize(companies, List.of("siret", "nom", "Nom de l'entreprise")))
                .hasMessageContaining("--map 'nom=name'");
        assertThatThrownBy(() -> recognize(companies, List.of("siret", "Nom de l'entreprise", "nom")))
                .hasMessageContaining("--map \"Nom de l'entreprise=name\"");
    }

    @Test
    void aMissingKeyIsAnErrorThatSaysWhatWasFound() {
        assertThatThrownBy(() -> recognize(companies, List.of("Ville", "", "Pays")))
                .hasMessage(
                        "There is no column for siret (or n° siret, no siret, numero siret), nor for name (or nom, raison"
                                + " sociale, denomination). The first row has: Ville, Pays. Rename a column, or assign"
                                + " columns to fields");
    }

    @Test
    void aKeyThatCanBeDerivedIsNotMissing() {
        assertThat(recognize(categories, List.of("Nom")).mapping()).containsExactly(Map.entry("Nom", "name"));
        assertThatThrownBy(() -> recognize(categories, List.of("slug"))).hasMessageContaining("no column for name");
    }

    @Test
    void aColumnThatIsKeptUnderANameGivenByHandIsInTheMapping() {
        var columns = RecognizedColumns.recognize(
                products, List.of("product_id", "name", "description", "Couleur"), Map.of("Couleur", "metadata.color"));

        assertThat(columns.mapping()).containsEntry("Couleur", "metadata.color");
    }

    @Test
    void aColumnThatIsGivenWins() {
        var columns = RecognizedColumns.recognize(
                companies,
                List.of("siret", "Identifiant", "Enseigne"),
                Map.of("identifiant", "siret", "Enseigne", "name"));

        assertThat(columns.mapping()).containsExactly(Map.entry("Identifiant", "siret"), Map.entry("Enseigne", "name"));
    }

    @Test
    void aColumnThatLosesToOneThatIsGivenIsKeptWhereTheKindKeepsUnknownOnes() {
        var columns = RecognizedColumns.recognize(
                companies,
                List.of("Nom", "siret", "Enseigne", "Identifiant"),
                Map.of("Identifiant", "siret", "Enseigne", "name"));

        assertThat(columns.fields(List.of("a", "b", "c", "d")))
                .isEqualTo(Map.of("Nom", "a", "siret (2)", "b", "name", "c", "siret", "d"));
        assertThat(columns.notes())
                .containsExactly(
                        "Column 'Nom' is kept as 'Nom': 'Enseigne' was given as name.",
                        "Column 'siret' is kept as 'siret (2)': 'Identifiant' was given as siret.");

        var ignored =
                RecognizedColumns.recognize(categories, List.of("Nom", "Titre long"), Map.of("Titre long", "name"));
        assertThat(ignored.all()).first().isEqualTo(new Unused("Nom"));
        assertThat(ignored.notes()).containsExactly("Column 'Nom' is not used: 'Titre long' was given as name.");
    }

    @Test
    void twoColumnsForOneMetadataAreAnError() {
        var header = List.of("sku", "nom", "description", "metadata.color", "Couleur");

        assertThatThrownBy(() -> RecognizedColumns.recognize(products, header, Map.of("Couleur", "metadata.color")))
                .isInstanceOf(UnusableHeaderException.class)
                .hasMessage(
                        "Columns 'Couleur' (5) and 'metadata.color' (4) are both metadata.color: rename or remove one"
                                + " of them");
        for (var again : List.of("metadata.color", "Metadata. color")) {
            assertThatThrownBy(() -> recognize(products, List.of("sku", "nom", "description", "metadata.color", again)))
                    .hasMessageContaining("are both metadata.color");
        }
        assertThatThrownBy(() -> RecognizedColumns.recognize(products, header, Map.of("Couleur", "color")))
                .hasMessageEndingWith("products has: product_id, name, description, metadata.*");
    }

    @Test
    void aColumnOrFieldThatIsGivenMustExist() {
        assertThatThrownBy(
                        () -> RecognizedColumns.recognize(companies, List.of("siret", "nom"), Map.of("Ville", "city")))
                .hasMessage("There is no column 'Ville'; the first row has: siret, nom");
        assertThatThrownBy(
                        () -> RecognizedColumns.recognize(companies, List.of("siret", "nom", "x"), Map.of("x", "town")))
                .hasMessageStartingWith("There is no field 'town' for column 'x'; companies has: siret, name");
        assertThatThrownBy(
                        () -> RecognizedColumns.recognize(categories, List.of("x"), Map.of("x", "name", "X", "slug")))
                .hasMessageMatching("Column '[xX]' is assigned to a field twice");
        assertThatThrownBy(() -> RecognizedColumns.recognize(categories, List.of("nom", "x"), Map.of("x", "town")))
                .hasMessage("There is no field 'town' for column 'x'; categories has: slug, name, description");
        assertThatThrownBy(() -> RecognizedColumns.recognize(
                        companies, List.of("siret", "a", "b"), new TreeMap<>(Map.of("a", "name", "b", "name"))))
                .hasMessage("Columns 'a' (2) and 'b' (3) are both name: rename or remove one of them");
    }

    @Test
    void columnsOfAFileOfErrorsAreLeftOut() {
        var columns = recognize(companies, List.of("siret", "nom", "row_number", "error"));

        assertThat(columns.header()).containsExactly("siret", "nom");
        assertThat(columns.cells(List.of("1", "2", "3", "4"))).containsOnlyKeys("siret", "nom");
        assertThat(columns.notes()).containsExactly("Left out, because a file of errors has them: row_number, error.");
    }

    @Test
    void aColumnWithoutAHeaderIsKeptWhenThereIsSomethingInIt() {
        var columns = RecognizedColumns.recognize(companies, List.of("siret", "nom", "", " "), Map.of(), i -> i == 3);

        assertThat(columns.all()).element(2).isInstanceOf(Skipped.class);
        assertThat(columns.all()).element(3).isEqualTo(new Kept("column 4", "column 4"));
        assertThat(columns.header()).containsExactly("siret", "nom", "column 4");
        assertThat(columns.notes()).containsExactly("Column 4 has values but no header: it is kept as 'column 4'.");
    }

    @Test
    void aHeaderThatIsAWholePageIsNoHeader() {
        assertThatThrownBy(() -> recognize(companies, List.of("siret", "x".repeat(256))))
                .hasMessage(
                        "The header of column 2 has more than 255 characters: is the header missing from the file?");
    }

    private static RecognizedColumns recognize(ImportKind kind, List<String> header) {
        return RecognizedColumns.recognize(kind, header, Map.of());
    }
}
