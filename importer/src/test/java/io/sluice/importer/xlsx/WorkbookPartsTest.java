package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;
import static io.sluice.importer.sheet.ImporterFailure.NOT_A_SPREADSHEET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Odd forms of the archive and of its XML. LibreOffice 7.4 was seen to read those that are read here, with eight
 * exceptions: it does not read an archive without the list of content types or without the relationships of its root;
 * nor names of parts with a slash before them, with backslashes or in upper case; nor relationships whose target has
 * dots, backslashes or escaped characters.
 */
class WorkbookPartsTest {
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final String RELATIONSHIPS = "xl/_rels/workbook.xml.rels";
    private static final List<List<String>> TABLE = List.of(List.of("Café", "in"), List.of("5"));

    @Test
    void everyPartMayHaveAByteOrderMark() {
        assertReads(all(part -> "\uFEFF" + part, UTF_8));
    }

    @Test
    void everyPartMayBeUtf16() {
        assertReads(all(part -> part.replace("UTF-8", "UTF-16"), UTF_16));
        assertReads(with(
                SHEET,
                text(parts(), SHEET).replace("?>", " encoding='UTF-16'?>").getBytes(UTF_16BE)));
    }

    @Test
    void aPartIsReadInTheEncodingThatItDeclares() {
        var latin1 = "<?xml version='1.0' encoding='ISO-8859-1'?>" + text(parts(), STRINGS);

        assertReads(with(STRINGS, latin1.getBytes(ISO_8859_1)));
    }

    @Test
    void namesOfPartsAreComparedWithoutCaseSlashesAndDots() {
        assertReads(named(name -> name.replace('/', '\\')));
        assertReads(named(name -> "/" + name));
        assertReads(named(name -> name.toUpperCase(Locale.ROOT)));
        assertReads(changed(RELATIONSHIPS, text -> text.replace("Target=\"", "Target=\"/xl/")));
        assertReads(changed(RELATIONSHIPS, text -> text.replace("Target=\"", "Target=\"./../xl/")));
        assertReads(changed(RELATIONSHIPS, text -> text.replace("worksheets/", "worksheets\\")));
        assertReads(changed(RELATIONSHIPS, text -> text.replace("worksheets/sheet1", "worksheets/%73heet1")));
    }

    @Test
    void theListOfContentTypesIsNotNeeded() {
        assertReads(without("[Content_Types].xml"));
        assertReads(without("_rels/.rels"));
    }

    @Test
    void aTextThatTheFileDoesNotHaveSpoilsItsRowOnly() {
        var rows = read(without(STRINGS)).rows();

        assertThat(rows.getFirst().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("names a text that the file does not have"));
        assertThat(rows.getLast().cells()).containsExactly("5");
    }

    @Test
    void elementsMayHaveAPrefix() {
        assertReads(changed(
                SHEET,
                text -> text.replaceAll("<(/?)(?=[a-z])", "<$1x:")
                        .replace("<x:worksheet", "<x:worksheet xmlns:x='a'")));
    }

    @Test
    void rowsAndCellsNeedNoReference() {
        assertReads(changed(SHEET, text -> text.replaceAll(" r=\"[^\"]*\"", "")));
        assertReads(changed(SHEET, text -> text.replace("A2", "a2")));
        assertReads(changed(SHEET, text -> text.replaceAll("(<c r=\"A1\".*?</c>)(<c r=\"B1\".*?</c>)", "$2$1")));
    }

    @Test
    void rowsMayComeInAnyOrderAndKeepTheirNumbers() {
        var file = changed(
                SHEET,
                text -> text.replace("A2", "A9")
                        .replace("r=\"2\"", "r=\"9\"")
                        .replace("</sheetData>", "<row r=\"4\"><c r=\"A4\"><v>7</v></c></row></sheetData>"));

        assertThat(read(file).numbers()).containsExactly(1, 9, 4);
    }

    @Test
    void commentsInstructionsAndCdataChangeNothing() {
        assertReads(changed(
                SHEET,
                text -> text.replace("<sheetData>", "<dimension ref='A1'/><!-- a --><?b c?><sheetData>")
                        .replace("<v>5</v>", "<v><!-- 9 --><![CDATA[5]]><?b c?></v>")));
    }

    /** LibreOffice calculates the formula, and Sluice does not. */
    @Test
    void aFormulaWithAnEmptyResultHasNone() {
        var rows = read(changed(SHEET, text -> text.replace("<v>5</v>", "<f>2+3</f><v/>")))
                .rows();

        assertThat(rows.getLast().cells()).containsExactly("#N/A");
        assertThat(rows.getLast().faults()).hasSize(1);
    }

    @Test
    void datesOfIsoAreWrittenAsOtherDates() {
        var cells = "";
        for (var value : List.of(
                "2024-02-29",
                "2024-02-29T00:00:00Z",
                "2024-02-29T13:45:00.000",
                "1899-12-30T06:00:00",
                "13:45",
                "soon")) {
            cells += "<c t=\"d\"><v>%s</v></c>".formatted(value);
        }
        var row = cells;

        assertThat(read(changed(SHEET, text -> text.replaceAll("<c r=\"A2\">.*?</c>", row)))
                        .cells()
                        .getLast())
                .containsExactly("2024-02-29", "2024-02-29", "2024-02-29T13:45:00", "06:00:00", "13:45:00", "soon");
    }

    @Test
    void picturesDoNotCount() {
        var parts = parts();
        for (int i = 0; i < 2_000; i++) {
            parts.put("xl/media/image" + i + ".png", new byte[10_000]);
        }

        assertThat(ReadSheet.of(WorkbookSheet.open(
                                Workbooks.zipOf(parts), null, Workbooks::hasRows, new FileLimits(500, 1 << 20)))
                        .cells())
                .isEqualTo(TABLE);
    }

    @Test
    void blankColumnsDoNotCount() {
        var blank = "<c s=\"1\"/>".repeat(16_382);

        assertReads(changed(SHEET, text -> text.replace("</row>", blank + "</row>")));
        assertReads(
                changed(SHEET, text -> text.replace("</row>", "<c r=\"XFD1\" t=\"str\"><v> \u00A0 </v></c></row>")));
    }

    @Test
    void moreEntriesThanAnyWorkbookHasAreTooMany() {
        var parts = parts();
        for (int i = 0; i < 20_001; i++) {
            parts.put("xl/media/" + i, new byte[0]);
        }

        refused(Workbooks.zipOf(parts), FILE_TOO_LARGE, "entries");
    }

    @Test
    void twoEntriesOfOneNameAreNoOneTable() {
        var parts = parts();
        parts.put("XL/worksheets/sheet1.xml", "<worksheet/>".getBytes(UTF_8));
        parts.put("xl/media/a.png", new byte[] {1});
        parts.put("XL/media/a.png", new byte[] {2});

        refused(Workbooks.zipOf(parts), FILE_DAMAGED, "two different entries");
        parts.remove("XL/worksheets/sheet1.xml");
        assertReads(Workbooks.zipOf(parts));
    }

    @Test
    void otherDocumentsAreCalledByTheirName() {
        var presentation = changed("xl/workbook.xml", text -> text.replaceAll("(</?)workbook", "$1presentation"));
        var binary = parts();
        binary.put(
                "_rels/.rels",
                text(binary, "_rels/.rels")
                        .replace("workbook.xml", "workbook.bin")
                        .getBytes(UTF_8));
        binary.put("xl/workbook.bin", new byte[] {1});

        refused(presentation, NOT_A_SPREADSHEET, "Office");
        refused(Workbooks.zipOf(binary), NOT_A_SPREADSHEET, ".xlsb");
    }

    private static Map<String, byte[]> parts() {
        var sheet = """
                <?xml version="1.0"?>
                <worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>in</t></is></c></row>\
                <row r="2"><c r="A2"><v>5</v></c></row></sheetData></worksheet>""";
        return Workbooks.partsOf(Workbooks.ofParts(sheet, "<sst><si><t>Café</t></si></sst>"));
    }

    private static String text(Map<String, byte[]> parts, String name) {
        return new String(parts.getOrDefault(name, new byte[0]), UTF_8);
    }

    private static byte[] all(UnaryOperator<String> change, Charset encoding) {
        var parts = parts();
        parts.replaceAll((name, part) -> change.apply(new String(part, UTF_8)).getBytes(encoding));
        return Workbooks.zipOf(parts);
    }

    private static byte[] named(UnaryOperator<String> change) {
        var parts = new LinkedHashMap<String, byte[]>();
        parts().forEach((name, part) -> parts.put(change.apply(name), part));
        return Workbooks.zipOf(parts);
    }

    private static byte[] changed(String name, UnaryOperator<String> change) {
        var parts = parts();
        var changed = change.apply(text(parts, name));
        assertThat(changed).isNotEqualTo(text(parts, name));
        return with(name, changed.getBytes(UTF_8));
    }

    private static byte[] with(String name, byte[] part) {
        var parts = parts();
        parts.put(name, part);
        return Workbooks.zipOf(parts);
    }

    private static byte[] without(String name) {
        var parts = parts();
        assertThat(parts.remove(name)).isNotNull();
        return Workbooks.zipOf(parts);
    }

    private static void assertReads(byte[] file) {
        assertThat(read(file).cells()).isEqualTo(TABLE);
    }

    private static ReadSheet read(byte[] file) {
        return ReadSheet.of(WorkbookSheet.open(file, null, Workbooks::hasRows, FileLimits.ofDefaults()));
    }

    private static void refused(byte[] file, ImporterFailure code, String words) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        FileRefusedException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
