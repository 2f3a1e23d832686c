package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row.Merged;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;

class MergedAreasTest {
    @Test
    void everyCellOfAnAreaHasItsValue() {
        var read = read("""
                <row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>Paris</v></c></row>
                <row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c><c r="B3" s="1"/></row>
                <row r="4"><c r="A4"><v>4</v></c></row>""", "B1:B3");

        assertThat(read.cells())
                .containsExactly(List.of("1", "Paris"), List.of("2", "Paris"), List.of("3", "Paris"), List.of("4"));
        assertThat(read.rows().get(1).marks().merged()).isEqualTo(Map.of(1, new Merged("B1:B3", false)));
    }

    @Test
    void anAreaOfSeveralColumnsSaysWhichCellsAreBesideItsFirstColumn() {
        var read = read(
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"D1\"><v>4</v></c></row><row r=\"2\"><c r=\"D2\"><v>5</v></c></row>",
                "A1:B2");

        assertThat(read.cells()).containsExactly(List.of("1", "1", "", "4"), List.of("1", "1", "", "5"));
        assertThat(read.rows().get(1).marks().merged())
                .isEqualTo(Map.of(0, new Merged("A1:B2", false), 1, new Merged("A1:B2", true)));
        assertThat(read.rows().get(1).numbers()).containsExactlyInAnyOrder(0, 1, 3);
    }

    @Test
    void aCellOfAnAreaThatHasAValueKeepsIt() {
        assertThat(read(
                                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>",
                                "A1:A2")
                        .cells())
                .containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void aBlankRowStaysBlank() {
        assertThat(read("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"/>", "A1:A1048576")
                        .cells())
                .containsExactly(List.of("1"));
    }

    @Test
    void lostDigitsAreLostInTheWholeArea() {
        var read = read(
                "<row r=\"1\"><c r=\"A1\"><v>1E17</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>", "A1:A2");

        assertThat(read.rows().get(1).marks().overlong()).containsExactly(0);
    }

    @Test
    void anAreaOfTheWholeSheetTakesNoMoreThanARow() {
        var rows = new StringBuilder();
        for (int i = 1; i <= 5_000; i++) {
            rows.append("<row r=\"%d\"><c r=\"B%d\"><v>1</v></c></row>".formatted(i, i));
        }
        rows.insert(rows.indexOf("<c r=\"B1\">"), "<c r=\"A1\"><v>7</v></c>");

        var read = read(rows.toString(), "A1:XFD1048576");

        assertThat(read.rows())
                .hasSize(5_000)
                .allSatisfy(row -> assertThat(row.cells()).hasSize(500));
        assertThat(read.rows().getLast().cells()).startsWith("7", "1", "7");
    }

    /** Fills the cells of random areas one by one, and compares. */
    @Seeded
    @Test
    void anyAreasAreFilledAsOneByOne(Seed seed) {
        var random = seed.random();
        for (int round = 0; round < 300; round++) {
            var expected = new String[12][8];
            var inArea = new boolean[12][8];
            for (var row : expected) {
                Arrays.setAll(row, _ -> random.nextInt(3) == 0 ? "v" + random.nextInt(100) : "");
            }
            var rows = rows(expected);
            var areas = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                int top = random.nextInt(12);
                int left = random.nextInt(8);
                int bottom = Math.min(11, top + random.nextInt(5));
                int right = Math.min(7, left + random.nextInt(4));
                if (isFree(inArea, top, left, bottom, right)) {
                    areas.add(new CellRangeAddress(top, bottom, left, right).formatAsString());
                    fill(expected, inArea, top, left, bottom, right);
                }
            }
            Collections.shuffle(areas, random);

            var read = read(rows, areas.toArray(String[]::new));

            for (var row : read.rows()) {
                for (int column = 0; column < 8; column++) {
                    var cell = column < row.cells().size() ? row.cells().get(column) : "";
                    assertThat(cell)
                            .as("%s %d %d %s", areas, row.number(), column, rows)
                            .isEqualTo(expected[row.number() - 1][column]);
                }
            }
        }
    }

    private static String rows(String[][] cells) {
        var rows = new StringBuilder();
        for (var row : cells) {
            rows.append("<row>");
            for (var cell : row) {
                rows.append(cell.isEmpty() ? "<c/>" : "<c t=\"str\"><v>%s</v></c>".formatted(cell));
            }
            rows.append("</row>");
        }
        return rows.toString();
    }

    private static boolean isFree(boolean[][] inArea, int top, int left, int bottom, int right) {
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                if (inArea[row][column]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void fill(String[][] cells, boolean[][] inArea, int top, int left, int bottom, int right) {
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                inArea[row][column] = true;
                cells[row][column] = cells[row][column].isEmpty() ? cells[top][left] : cells[row][column];
            }
        }
    }

    @Test
    void referencesThatNameNoAreaAreLeftOut() {
        var row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

        assertThat(read(row, "A1", "", "nonsense", "$A$1:$B$1").cells()).containsExactly(List.of("1", "1"));
    }

    @Test
    void aSheetWithoutEndOfAreasIsRefused() {
        var areas = new ArrayList<String>();
        for (int i = 1; i <= 200_001; i++) {
            areas.add("A%d:B%d".formatted(i, i));
        }

        assertThatThrownBy(() -> read("", areas.toArray(String[]::new)))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(FILE_TOO_LARGE));
    }

    private static ReadSheet read(String rows, String... areas) {
        var merged = new StringBuilder();
        for (var area : areas) {
            merged.append("<mergeCell ref=\"%s\"/>".formatted(area));
        }
        var sheet =
                "<worksheet><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>".formatted(rows, merged);
        return ReadSheet.of(
                WorkbookSheet.open(Workbooks.ofParts(sheet, null), null, Workbooks::hasRows, FileLimits.ofDefaults()));
    }
}
