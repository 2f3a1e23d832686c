package io.sluice.gateway.imports.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.imports.rejected.ErrorsFile.Rows;
import io.sluice.imports.text.CellText;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorsFileTest {
    private static final List<String> HEADER = List.of("N° SIRET", "nom");
    private static final Map<String, String> FIELDS = Map.of("N° SIRET", "siret", "nom", "name");
    private static final List<Rejected> ROWS = List.of(
            row(2, Map.of("nom", "Dupré"), new Reason("siret", "is required"), new Reason(null, "Too long")),
            row(4, Map.of("N° SIRET", "00001"), new Reason("siret", "has 5 digits"), new Reason("siret", "is odd")),
            row(7, Map.of("nom", "=1+1"), new Reason("siret", "is required")));

    @Test
    void csvBeginsWithAByteOrderMarkForExcel() throws IOException {
        try (var csv = ErrorsFile.csv(rows(2), ',')) {
            assertThat(csv.readNBytes(6)).isEqualTo("\uFEFFN°".getBytes(UTF_8));
        }
    }

    @Test
    void csvHasEachRowOnceForAnyNumberOfPagesAndTheDelimiterOfItsFile() throws IOException {
        for (int rowsAPage = 1; rowsAPage <= 4; rowsAPage++) {
            try (var csv = ErrorsFile.csv(rows(rowsAPage), ';')) {
                assertThat(new String(csv.readAllBytes(), UTF_8)).isEqualTo("""
                        \uFEFFN° SIRET;nom;row_number;error\r
                        "";Dupré;2;"siret is required; Too long"\r
                        00001;;4;"siret has 5 digits; siret is odd"\r
                        "";'=1+1;7;siret is required\r
                        """);
            }
        }
    }

    @Test
    void aWorkbookHasEachRowOnceWithItsCellsAsTextsForAnyNumberOfPages() throws IOException {
        for (int rowsAPage = 1; rowsAPage <= 4; rowsAPage++) {
            try (var workbook = workbook(rows(rowsAPage))) {
                assertThat(texts(workbook.getSheetAt(0)))
                        .containsExactly(
                                List.of("N° SIRET", "nom", "row_number", "error"),
                                List.of("", "Dupré", "2.0", "siret is required; Too long"),
                                List.of("00001", "", "4.0", "siret has 5 digits; siret is odd"),
                                List.of("", "=1+1", "7.0", "siret is required"));
            }
        }
    }

    @Test
    void aWrongCellIsColoredAndHasItsReasonsAsAComment() throws IOException {
        try (var workbook = workbook(rows(2))) {
            var sheet = workbook.getSheetAt(0);

            assertThat(comment(sheet, 1, 0)).isEqualTo("siret is required");
            assertThat(comment(sheet, 1, 3)).isEqualTo("Too long");
            assertThat(comment(sheet, 2, 0)).isEqualTo("siret has 5 digits\nsiret is odd");
            assertThat(sheet.getCellComments()).hasSize(4);
            assertThat(isColored(sheet.getRow(1).getCell(0))).isTrue();
            assertThat(isColored(sheet.getRow(2).getCell(0))).isTrue();
            assertThat(isColored(sheet.getRow(1).getCell(1))).isFalse();
            assertThat(sheet.getRow(3).getCell(1).getCellStyle().getDataFormatString())
                    .isEqualTo("@");
        }
    }

    @Seeded
    @Test
    void anImportReadsEveryTextOfAWorkbookAsItWas(Seed seed) throws IOException {
        var random = seed.random();
        var signs = "aé'\"<&>=+-@\t\r\n\u0001\uFFFF_x0041_ 😀0".codePoints().toArray();
        var cells = IntStream.range(0, 300)
                .mapToObj(_ -> IntStream.range(0, random.nextInt(8))
                        .mapToObj(_ -> Character.toString(signs[random.nextInt(signs.length)]))
                        .collect(Collectors.joining()))
                .toList();
        var rejected = IntStream.range(0, cells.size())
                .mapToObj(i -> row(i + 2, Map.of("nom", cells.get(i)), new Reason(null, "x")))
                .toList();

        try (var workbook = workbook(new Rows(HEADER, FIELDS, after -> after(rejected, after), 1_000))) {
            var read = texts(workbook.getSheetAt(0)).stream()
                    .skip(1)
                    .map(row -> CellText.unguard(row.get(1)))
                    .toList();

            assertThat(read).isEqualTo(cells);
        }
    }

    @Test
    void aTextThatNoCellCanHoldIsAnErrorSoThatItIsNotImportedInPart() throws IOException {
        var rejected = List.of(row(2, Map.of("nom", "x".repeat(32_768)), new Reason("name", "is too long")));

        try (var workbook = workbook(new Rows(HEADER, FIELDS, after -> after(rejected, after), 10))) {
            var sheet = workbook.getSheetAt(0);
            assertThat(sheet.getRow(1).getCell(1).getCellType()).isEqualTo(CellType.ERROR);
            assertThat(comment(sheet, 1, 1)).startsWith("name is too long\nThe text has 32,768 characters");
        }
    }

    @Test
    void commentsAreBoundedAndRowsAreNot() throws IOException {
        var rejected = IntStream.rangeClosed(2, CellComments.MOST + 100)
                .mapToObj(number -> row(number, Map.of("nom", "n" + number), new Reason("siret", "is required")))
                .toList();

        try (var file = new ZipInputStream(
                ErrorsFile.xlsx(new Rows(HEADER, FIELDS, after -> after(rejected, after), 50_000)))) {
            var counts = new HashMap<String, Integer>();
            for (var part = file.getNextEntry(); part != null; part = file.getNextEntry()) {
                var xml = new String(file.readAllBytes(), UTF_8);
                counts.put(part.getName(), xml.split("<row |<comment |<v:shape ", -1).length - 1);
            }
            assertThat(counts)
                    .containsEntry("xl/worksheets/sheet1.xml", rejected.size() + 1)
                    .containsEntry("xl/comments1.xml", CellComments.MOST)
                    .containsEntry("xl/drawings/vmlDrawing1.vml", CellComments.MOST);
        }
    }

    @Test
    void aHeaderComesBackAsItWasToo() throws IOException {
        var header = List.of("'=a", "=b");

        try (var workbook = workbook(new Rows(header, Map.of(), _ -> List.of(), 50))) {
            var read = texts(workbook.getSheetAt(0)).getFirst();
            assertThat(read.stream().map(CellText::unguard)).startsWith("'=a", "=b");
        }
    }

    @Test
    void aWorkbookWithoutRowsHasItsHeader() throws IOException {
        try (var workbook = workbook(new Rows(HEADER, FIELDS, _ -> List.of(), 50))) {
            assertThat(texts(workbook.getSheetAt(0)))
                    .containsExactly(List.of("N° SIRET", "nom", "row_number", "error"));
        }
    }

    @Test
    void aPageThatCannotBeReadBreaksTheFileOff() throws IOException {
        var rows = new Rows(
                HEADER,
                FIELDS,
                after -> {
                    if (after > 0) {
                        throw new IllegalStateException("the ledger is away");
                    }
                    return ROWS.subList(0, 1);
                },
                1);
        for (var file : List.of(ErrorsFile.csv(rows, ','), ErrorsFile.xlsx(rows))) {
            assertThatThrownBy(file::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private static XSSFWorkbook workbook(Rows rows) throws IOException {
        try (var file = ErrorsFile.xlsx(rows)) {
            return new XSSFWorkbook(new ByteArrayInputStream(file.readAllBytes()));
        }
    }

    private static List<List<String>> texts(XSSFSheet sheet) {
        return IntStream.rangeClosed(0, sheet.getLastRowNum())
                .mapToObj(row -> IntStream.range(0, 4)
                        .mapToObj(column -> text(sheet.getRow(row).getCell(column)))
                        .toList())
                .toList();
    }

    private static String text(@Nullable XSSFCell cell) {
        if (cell == null) {
            return "";
        }
        return cell.getCellType() == CellType.NUMERIC ? "" + cell.getNumericCellValue() : cell.getStringCellValue();
    }

    private static String comment(XSSFSheet sheet, int row, int column) {
        return sheet.getRow(row).getCell(column).getCellComment().getString().getString();
    }

    private static boolean isColored(XSSFCell cell) {
        return cell.getCellStyle().getFillPattern() == FillPatternType.SOLID_FOREGROUND;
    }

    private static Rows rows(int rowsAPage) {
        return new Rows(
                HEADER,
                FIELDS,
                after -> after(ROWS, after).stream().limit(rowsAPage).toList(),
                rowsAPage);
    }

    private static List<Rejected> after(List<Rejected> rows, int row) {
        return rows.stream().filter(rejected -> rejected.rowNumber() > row).toList();
    }

    private static Rejected row(int number, Map<String, String> cells, Reason... reasons) {
        return new Rejected(number, cells, List.of(reasons));
    }
}
