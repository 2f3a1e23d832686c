package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.HEADER_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.importer.xlsx.Workbooks;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.Rejection;
import java.util.Map;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;

/** Where the header of a file is, and what a workbook says besides its values. */
class HeaderTest {
    private static final String SIRET = "73282932000074";
    private static final String SIRET_2 = "35600000000048";

    private final FileLab lab = new FileLab();

    @Test
    void aTitleMayBeAboveTheHeader() throws Exception {
        lab.importCsv("Liste des clients 2026;;\nau 31/12;;\n;;\nsiret;nom;ville\n%s;x;Lyon\n".formatted(SIRET));

        assertThat(lab.rows(Data.class))
                .containsExactly(
                        new Data("companies", "import-1", 5, Map.of("siret", SIRET, "name", "x", "city", "Lyon")));
        assertThat(lab.notes())
                .contains(
                        "The header is row 4, and what is above it was not imported: row 1 ('Liste des clients 2026'),"
                                + " row 2 ('au 31/12').");
    }

    @Test
    void aTitleMayLackTheDelimitersOfItsTable() throws Exception {
        lab.importCsv("Clients, au 31/12\n\nsiret;nom;ville\n%s;x;Lyon\n".formatted(SIRET));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(4);
        assertThat(lab.notes()).contains("row 1 ('Clients, au 31/12')");
    }

    @Test
    void aColumnWhoseValuesHaveSemicolonsIsNoTableBelowATitle() throws Exception {
        lab.importFile("categories", "nom\nPain; et vin\nFruits; verts\n".getBytes(UTF_8));

        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("name"))
                .containsExactly("Pain; et vin", "Fruits; verts");
    }

    @Test
    void aTitleMayBeAWordThatNamesAField() throws Exception {
        lab.importFile("categories", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "Catégories");
            fill(sheet, 1, "Category");
            fill(sheet, 3, "nom", "description");
            fill(sheet, 4, "Pain", "Tout");
        }));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(5);
    }

    @Test
    void aColumnOfItsOwnIsATable() throws Exception {
        lab.importFile("categories", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "nom");
            fill(sheet, 1, "Pain");
            fill(sheet, 2, "Vin");
        }));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(2, 3);
        assertThat(lab.notes()).isEmpty();
    }

    @Test
    void theFirstRowIsTheHeaderWhenItWillDo() throws Exception {
        lab.importCsv("siret;nom\nsiret;nom;ville;adresse\n%s;x\n".formatted(SIRET));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(3);
        assertThat(lab.rows(Rejection.class)).extracting(Rejection::rowNumber).containsExactly(2);
    }

    @Test
    void aRefusalNamesTheRowThatLooksLikeTheHeader() throws Exception {
        lab.refuses("companies", "Clients;\n\nnom;ville\nx;Lyon\n", HEADER_UNUSABLE, "siret");
        lab.refuses("companies", "Clients;\n\nnom;ville\nx;Lyon\n", HEADER_UNUSABLE, "Row 3 has: nom, ville");
        lab.refuses("companies", "nothing;here\nx;Lyon\n", HEADER_UNUSABLE, "The first row has: nothing, here");
        lab.refuses("companies", "x\n".repeat(30) + "siret;nom\n1;2\n", HEADER_UNUSABLE, "The first row has: x");
    }

    @Test
    void namesOfJsonObjectsAreTheHeader() throws Exception {
        var request = lab.request(
                "companies",
                "application/json",
                "[{\"a\":\"siret\",\"b\":\"nom\"},{\"a\":\"1\",\"b\":\"x\"}]".getBytes(UTF_8));

        lab.refuses(request, HEADER_UNUSABLE, "siret");
    }

    @Test
    void theSheetWithATableIsRead() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            fill(workbook.createSheet("Export Summary"), 0, "This document was exported from Numbers.");
            var sheet = workbook.createSheet("Feuille 1 - Tableau 1");
            fill(sheet, 0, "siret", "nom");
            fill(sheet, 1, SIRET, "x");
            fill(workbook.createSheet("Feuille 2"), 0, "siret", "nom");
        }));

        assertThat(lab.rows(Data.class)).hasSize(1);
        assertThat(lab.notes())
                .isEqualTo(
                        "Only sheet 'Feuille 1 - Tableau 1' was read, and not: 'Export Summary', 'Feuille 2'; --sheet"
                                + " reads another one.");
    }

    @Test
    void rowsThatLackCellsAtTheirEndAreNothingToTellOfAWorkbook() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "siret", "nom", "ville");
            fill(sheet, 1, SIRET, "x");
        }));

        assertThat(lab.notes()).isEmpty();
    }

    @Test
    void hiddenRowsAreImportedAndCounted() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "siret", "nom");
            fill(sheet, 1, SIRET, "x");
            fill(sheet, 2, SIRET_2, "y");
            sheet.getRow(2).setZeroHeight(true);
        }));

        assertThat(lab.rows(Data.class)).hasSize(2);
        assertThat(lab.notes()).isEqualTo("1 hidden row was imported like all others.");
    }

    @Test
    void mergedCellsHaveTheValueOfTheirArea() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "siret", "nom", "ville");
            fill(sheet, 1, SIRET, "x", "Lyon");
            fill(sheet, 2, SIRET_2, "y");
            sheet.addMergedRegion(CellRangeAddress.valueOf("C2:C3"));
        }));

        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("city"))
                .containsExactly("Lyon", "Lyon");
        assertThat(lab.notes())
                .isEqualTo("1 merged cell was given the value of the first cell of its area, such as C2:C3.");
    }

    @Test
    void aNameThatIsMergedOverTwoColumnsIsTheNameOfTheFirst() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "siret", "nom", "téléphone", "", "ville");
            fill(sheet, 1, SIRET, "x", "0238000000", "0238000001", "Lyon");
            fill(sheet, 2, SIRET_2, "y", "0238000002", "", "Paris");
            sheet.addMergedRegion(CellRangeAddress.valueOf("C1:D1"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("C3:D3"));
        }));

        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(
                        Map.of(
                                "siret",
                                SIRET,
                                "name",
                                "x",
                                "phone",
                                "0238000000",
                                "column 4",
                                "0238000001",
                                "city",
                                "Lyon"),
                        Map.of("siret", SIRET_2, "name", "y", "phone", "0238000002", "column 4", "", "city", "Paris"));
        assertThat(lab.notes()).contains("merged over several columns (C1:D1)", "Column 4 has values but no header");
    }

    @Test
    void aTitleMayBeMergedOverItsTable() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "Nom");
            fill(sheet, 2, "siret", "nom", "ville");
            fill(sheet, 3, SIRET, "x", "Lyon");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:C2"));
        }));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(4);
        assertThat(lab.notes()).isEqualTo("The header is row 3, and what is above it was not imported: row 1 ('Nom').");
    }

    @Test
    void aHeaderOfTwoMergedRowsIsItsLowerRow() throws Exception {
        lab.importFile("companies", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "siret", "nom", "Adresse", "");
            fill(sheet, 1, "", "", "rue", "ville");
            fill(sheet, 2, SIRET, "x", "1 rue A", "Lyon");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:A2"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("B1:B2"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("C1:D1"));
        }));

        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(Map.of("siret", SIRET, "name", "x", "address", "1 rue A", "city", "Lyon"));
        assertThat(lab.notes()).contains("The header is row 2");
    }

    @Test
    void aKeyOfMoreThanFifteenDigitsIsRejectedWhenItWasANumber() throws Exception {
        lab.importFile("products", Workbooks.of(workbook -> {
            var sheet = workbook.createSheet();
            fill(sheet, 0, "sku", "nom", "description");
            fill(sheet, 1, "", "Chaise", "ends in 456");
            sheet.getRow(1).getCell(0).setCellValue(Double.parseDouble("123456789012345456"));
            fill(sheet, 2, "123456789012345456", "Table", "a text");
        }));

        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(3);
        assertThat(lab.rows(Rejection.class)).singleElement().satisfies(rejection -> {
            assertThat(rejection.rowNumber()).isEqualTo(2);
            assertThat(rejection.reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.field() + " " + reason.message())
                            .isEqualTo("product_id is a number of more than 15 digits, of which a spreadsheet program"
                                    + " keeps 15: format the column as text, and enter it again"));
        });
    }

    private static void fill(Sheet sheet, int row, String... cells) {
        var created = sheet.createRow(row);
        for (int i = 0; i < cells.length; i++) {
            created.createCell(i).setCellValue(cells[i]);
        }
    }
}
