package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;
import static io.sluice.importer.sheet.ImporterFailure.NOT_A_SPREADSHEET;
import static io.sluice.importer.sheet.ImporterFailure.SHEET_MISSING;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_COLUMNS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookSheetTest {
    private static final FileLimits LIMITS = FileLimits.ofDefaults();

    @Test
    void showsNumbersAsExcelDoesInAColumnOfTexts() {
        var file = Workbooks.of(workbook -> {
            var row = workbook.createSheet("Feuille").createRow(0);
            row.createCell(0).setCellValue(73_282_932_000_074d);
            row.createCell(1).setCellValue(12);
            row.createCell(2).setCellValue(0.1 + 0.2);
            row.createCell(3).setCellValue(-1.5e-7);
            var cell = row.createCell(4);
            cell.setCellValue(1000);
            cell.setCellStyle(style(workbook, "00000"));
            row.createCell(5).setCellValue(true);
        });

        var row = ReadSheet.of(open(file)).rows().getFirst();

        assertThat(row.cells()).containsExactly("73282932000074", "12", "0.3", "-0.00000015", "01000", "true");
        assertThat(row.numbers()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void showsDaysAndTimesAsIso() {
        var file = Workbooks.of(workbook -> {
            var row = workbook.createSheet().createRow(0);
            var day = row.createCell(0);
            day.setCellValue(LocalDate.of(2024, 2, 29));
            day.setCellStyle(style(workbook, "dd/mm/yyyy"));
            var moment = row.createCell(1);
            moment.setCellValue(LocalDateTime.of(1999, 12, 31, 23, 59, 58));
            moment.setCellStyle(style(workbook, "yyyy-mm-dd hh:mm:ss"));
            var time = row.createCell(2);
            time.setCellValue(0.75);
            time.setCellStyle(style(workbook, "hh:mm"));
        });

        var row = ReadSheet.of(open(file)).rows().getFirst();

        assertThat(row.cells()).containsExactly("2024-02-29", "1999-12-31T23:59:58", "18:00:00");
        assertThat(row.numbers()).isEmpty();
    }

    @Test
    void readsSharedAndInlineTextsAndLeavesOutHowTheyArePronounced() {
        var shared = """
                <sst><si><t>Café</t></si><si><r><t>two </t></r><r><t>parts</t></r><rPh><t>no</t></rPh></si>
                <si><t>a_x000D_b</t></si></sst>""";
        var sheet = """
                <worksheet><sheetData>
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>in</t><t>line</t></is></c></row>
                <row><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="str"><f>A1&amp;B1</f><v>result</v></c></row>
                </sheetData></worksheet>""";

        assertThat(ReadSheet.of(open(Workbooks.ofParts(sheet, shared))).cells())
                .containsExactly(List.of("Café", "", "inline"), List.of("two parts", "a\rb", "result"));
    }

    /** The JDK's parser counts entities, and stops after a few thousand of those that a document declares. */
    @Test
    void signsThatXmlEscapesMayBeThereAnyNumberOfTimes() {
        var sheet =
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>%s</v></c></row></sheetData></worksheet>"
                        .formatted("R&amp;D&#233;".repeat(20_000));

        assertThat(ReadSheet.of(open(Workbooks.ofParts(sheet, null))).cells())
                .containsExactly(List.of("R&Dé".repeat(20_000)));
    }

    @Test
    void errorsAndFormulasWithoutAResultSpoilTheirRow() {
        var sheet = """
                <worksheet><sheetData>
                <row r="1"><c r="A1" t="e"><v>#REF!</v></c></row><row r="2"><c r="B2"><f>1+1</f></c></row>
                <row r="3"><c r="A3"><v>1</v></c></row>
                </sheetData></worksheet>""";

        var rows = ReadSheet.of(open(Workbooks.ofParts(sheet, null))).rows();

        assertThat(rows).extracting(row -> row.faults().size()).containsExactly(1, 1, 0);
        assertThat(rows.get(0).faults().getFirst().message()).contains("#REF!");
        assertThat(rows.get(1).faults().getFirst().message()).contains("formula");
        assertThat(rows.get(1).cells()).containsExactly("", "#N/A");
    }

    @Test
    void numbersRowsAsExcelDoesAndLeavesOutBlankOnes() {
        var sheet = """
                <worksheet><sheetData>
                <row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="XFD3" s="1"/></row><row r="9"><c r="B9"><v>2</v></c></row>
                </sheetData></worksheet>""";

        assertThat(ReadSheet.of(open(Workbooks.ofParts(sheet, null))).numbers()).containsExactly(2, 9);
    }

    @Test
    void readsAStrictWorkbookAsAnyOther() {
        var usual = Workbooks.of(workbook -> {
            var sheet = workbook.createSheet("Données");
            sheet.createRow(0).createCell(0).setCellValue("siret");
            var row = sheet.createRow(1);
            row.createCell(0).setCellValue(73_282_932_000_074d);
            var day = row.createCell(1);
            day.setCellValue(LocalDate.of(2024, 2, 29));
            day.setCellStyle(style(workbook, "dd/mm/yyyy"));
        });

        assertThat(ReadSheet.of(open(Workbooks.strict(usual))).rows())
                .isEqualTo(ReadSheet.of(open(usual)).rows())
                .extracting(row -> row.cells())
                .containsExactly(List.of("siret"), List.of("73282932000074", "2024-02-29"));
        assertThat(open(Workbooks.strict(usual)).facts()).containsEntry("sheet", "Données");
    }

    @Test
    void readsTheFirstSheetThatIsNeitherHiddenNorEmpty() {
        var file = Workbooks.of(workbook -> {
            workbook.createSheet("secret").createRow(0).createCell(0).setCellValue("no");
            workbook.createSheet("empty");
            workbook.createSheet("Données").createRow(0).createCell(0).setCellValue("yes");
            workbook.createSheet("more").createRow(0).createCell(0).setCellValue("no");
            workbook.setActiveSheet(2);
            workbook.setSheetVisibility(0, SheetVisibility.HIDDEN);
        });

        assertThat(ReadSheet.of(open(file)).cells()).containsExactly(List.of("yes"));
        assertThat(open(file).facts()).containsEntry("sheet", "Données").containsEntry("format", "xlsx");
        assertThat(ReadSheet.of(open(file)).notes()).singleElement().asString().contains("'secret' (hidden)", "'more'");
    }

    @Test
    void readsTheSheetAskedForWhateverItsCase() {
        var file = Workbooks.of(workbook -> {
            workbook.createSheet("one").createRow(0).createCell(0).setCellValue("1");
            workbook.createSheet("Données").createRow(0).createCell(0).setCellValue("2");
        });

        assertThat(ReadSheet.of(open(file, " DONNÉES")).cells()).containsExactly(List.of("2"));
        refused(file, "three", SHEET_MISSING, "'one', 'Données'");
    }

    @Test
    void aWorkbookWithoutAnythingIsEmpty() {
        refused(Workbooks.of(workbook -> workbook.createSheet("one")), null, EMPTY_FILE);
    }

    @Test
    void aSheetThatInflatesBeyondTheLimitIsRefusedBeforeItIsRead() {
        var limits = new FileLimits(500, 8 << 20);

        WorkbookSheet.open(Workbooks.blank(7 << 20), "Sheet1", Workbooks::hasRows, limits);
        assertThatThrownBy(() -> WorkbookSheet.open(Workbooks.blank(9 << 20), "Sheet1", Workbooks::hasRows, limits))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(FILE_TOO_LARGE));
    }

    @Test
    void anEntryThatGivesMoreThanItSaysIsRefusedWhereItDoes() {
        var file = Workbooks.blank(9 << 20);
        Workbooks.lieAboutSizes(file, 10_000);

        refused(file, null, FILE_DAMAGED, "larger than it may be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!--> %s -->", "<?x %s ?>", "<!-- %s -->", "<![CDATA[%s]]>", "<row r=\"%s\"/>"})
    void onePieceOfXmlMayNotBeLong(String piece) {
        var sheet =
                "<worksheet><sheetData>" + piece.formatted((piece.startsWith("<row") ? "xxx" : "x<a").repeat(1_000_000))
                        + "</sheetData></worksheet>";

        refused(Workbooks.ofParts(sheet, null), null, FILE_DAMAGED, "in one piece");
    }

    @Test
    void shortCommentsAndInstructionsAreNoPiecesOfAnything() {
        var sheet =
                "<?xml version=\"1.0\"?><worksheet><sheetData>%s<row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
                        .formatted("<!----><?x?><!-- <a> --><?x <a> ?>".repeat(60_000));

        assertThat(ReadSheet.of(open(Workbooks.ofParts(sheet, null))).cells()).containsExactly(List.of("1"));
    }

    @Test
    void textsThatTakeTooMuchMemoryTogetherAreRefused() {
        var text = "<si><t>%s</t></si>".formatted("é".repeat(100_000)).getBytes(UTF_8);
        var texts = Collections.nCopies(340, text).stream()
                .map(ByteArrayInputStream::new)
                .toList();
        var part = new SequenceInputStream(
                new ByteArrayInputStream("<sst>".getBytes(UTF_8)),
                new SequenceInputStream(Collections.enumeration(texts)));

        assertThatThrownBy(() -> SharedTexts.read(reader(part)))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(FILE_TOO_LARGE));
    }

    @Test
    void aFormatLongerThanExcelWritesIsNone() {
        var styles =
                "<s><numFmts><numFmt numFmtId=\"200\" formatCode=\"%s\"/><numFmt numFmtId=\"201\" formatCode=\"%s\"/></numFmts><cellXfs><xf numFmtId=\"200\"/><xf numFmtId=\"201\"/></cellXfs></s>"
                        .formatted("d".repeat(256), "d".repeat(255));

        var read = NumberStyles.read(reader(new ByteArrayInputStream(styles.getBytes(UTF_8))), false);

        assertThat(read.shown("1.5", "0").text()).isEqualTo("1.5");
        assertThat(read.shown("1.5", "1").text()).isEqualTo("1900-01-01T12:00:00");
    }

    @Test
    void aNameOfASheetIsNoLongerThanAnyExcelAllowsAndIsShortWhereItIsTold() {
        var file = Workbooks.of(workbook -> {
            for (int i = 0; i < 20; i++) {
                workbook.createSheet("a sheet with a name, number " + (10 + i))
                        .createRow(0)
                        .createCell(0)
                        .setCellValue("x");
            }
        });

        assertThat(ReadSheet.of(open(file)).notes()).singleElement().asString().contains(" and 9 more");
        refused(Workbooks.named("x".repeat(256)), null, FILE_DAMAGED);
        assertThat(open(Workbooks.named("x".repeat(255))).facts()).containsEntry("sheet", "x".repeat(255));
        refused(Workbooks.named("x".repeat(255)), "y", SHEET_MISSING, "'" + "x".repeat(39) + "…'");
    }

    @Test
    void entitiesAreNeitherFetchedNorExpanded() {
        var external = """
                <!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                <worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>""";
        var laughs = """
                <?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
                <sst><si><t>&c;</t></si></sst>""";
        var fine = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";

        refused(Workbooks.ofParts(external, null), null, FILE_DAMAGED, "document type");
        refused(Workbooks.ofParts(fine, laughs), null, FILE_DAMAGED, "document type");
        assertThat(ReadSheet.of(open(Workbooks.ofParts(fine, null))).cells()).containsExactly(List.of("1"));
    }

    @Test
    void columnsAndRowsBeyondTheLimitsAreRefused() {
        var columns = "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData></worksheet>";
        var rows = "<worksheet><sheetData><row r=\"2000000000\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
        var twice =
                "<worksheet><sheetData><row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row></sheetData></worksheet>";

        refused(Workbooks.ofParts(columns, null), null, TOO_MANY_COLUMNS, "Row 1");
        refused(Workbooks.ofParts(rows, null), null, FILE_DAMAGED);
        refused(Workbooks.ofParts(twice, null), null, FILE_DAMAGED);
    }

    @Test
    void anArchiveThatIsNoWorkbookIsRefusedByName() {
        refused(Workbooks.zip(Map.of("a.txt", "a")), null, NOT_A_SPREADSHEET, "an archive");
        refused(Workbooks.zip(Map.of("content.xml", "a")), null, NOT_A_SPREADSHEET, "LibreOffice");
        refused(
                Workbooks.zip(Map.of("[Content_Types].xml", "a", "word/document.xml", "a")),
                null,
                NOT_A_SPREADSHEET,
                "Office");
        refused(new byte[] {'P', 'K', 3, 4, 0, 0}, null, FILE_DAMAGED);
    }

    @Seeded
    @Test
    void aWorkbookWithBrokenBytesIsReadOrRefusedAndNothingElse(Seed seed) {
        var random = seed.random();
        var whole = Workbooks.of(workbook -> {
            for (int i = 0; i < 20; i++) {
                workbook.createSheet().createRow(0).createCell(0).setCellValue("text " + i);
            }
        });
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            var file = whole.clone();
            for (int j = 0; j < 20; j++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                ReadSheet.of(open(file));
            } catch (FileRefusedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static PartReader reader(InputStream part) {
        return new PartReader(new InputStreamReader(part, UTF_8));
    }

    private static CellStyle style(Workbook workbook, String format) {
        var style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        return style;
    }

    private static void refused(byte[] file, @Nullable String sheet, ImporterFailure code, String... words) {
        assertThatThrownBy(() -> ReadSheet.of(open(file, sheet)))
                .isInstanceOfSatisfying(
                        FileRefusedException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContainingAll(words.length == 0 ? new String[] {"."} : words);
    }

    private static WorkbookSheet open(byte[] file) {
        return open(file, null);
    }

    private static WorkbookSheet open(byte[] file, @Nullable String sheet) {
        return WorkbookSheet.open(file, sheet, Workbooks::hasRows, LIMITS);
    }
}
