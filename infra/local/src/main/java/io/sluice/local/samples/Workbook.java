package io.sluice.local.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the smallest workbook that Excel opens (ECMA-376): one sheet, shared strings, and numbers as numbers. */
public final class Workbook {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final Map<String, Integer> texts = new LinkedHashMap<>();

    private Workbook() {}

    /**
     * Writes a workbook.
     *
     * @param rows their cells are texts or numbers
     * @return the bytes of the file
     */
    public static byte[] of(String sheet, List<String> header, List<? extends List<?>> rows) {
        return new Workbook().write(sheet, header, rows);
    }

    private byte[] write(String sheet, List<String> header, List<? extends List<?>> rows) {
        var file = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(file)) {
            put(
                    zip,
                    "[Content_Types].xml",
                    HEAD + "<Types xmlns=\"" + PACKAGE + "content-types\">"
                            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + override("/xl/workbook.xml", "sheet.main+xml")
                            + override("/xl/worksheets/sheet1.xml", "worksheet+xml")
                            + override("/xl/sharedStrings.xml", "sharedStrings+xml") + "</Types>");
            put(zip, "_rels/.rels", relationships(relationship(1, "officeDocument", "xl/workbook.xml")));
            put(
                    zip,
                    "xl/workbook.xml",
                    HEAD + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + DOCUMENT + "\"><sheets><sheet name=\""
                            + escaped(sheet) + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    relationships(relationship(1, "worksheet", "worksheets/sheet1.xml")
                            + relationship(2, "sharedStrings", "sharedStrings.xml")));
            put(zip, "xl/worksheets/sheet1.xml", sheet(header, rows));
            put(zip, "xl/sharedStrings.xml", sharedTexts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private String sheet(List<String> header, List<? extends List<?>> rows) {
        var xml = new StringBuilder(HEAD + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>");
        row(xml, 1, header);
        int number = 2;
        for (var row : rows) {
            row(xml, number++, row);
        }
        return xml.append("</sheetData></worksheet>").toString();
    }

    private void row(StringBuilder xml, int number, List<?> cells) {
        xml.append("<row r=\"").append(number).append("\">");
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            var isNumber = cell instanceof Number;
            xml.append("<c r=\"").append(column(i)).append(number).append(isNumber ? "\"><v>" : "\" t=\"s\"><v>");
            xml.append(isNumber ? cell : shared(String.valueOf(cell))).append("</v></c>");
        }
        xml.append("</row>");
    }

    private int shared(String text) {
        return texts.computeIfAbsent(text, _ -> texts.size());
    }

    private String sharedTexts() {
        var xml = new StringBuilder(HEAD + "<sst xmlns=\"" + MAIN + "\">");
        texts.keySet()
                .forEach(text -> xml.append("<si><t xml:space=\"preserve\">")
                        .append(escaped(text))
                        .append("</t></si>"));
        return xml.append("</sst>").toString();
    }

    private static String column(int index) {
        var letters = new StringBuilder();
        for (int i = index; i >= 0; i = i / 26 - 1) {
            letters.insert(0, (char) ('A' + i % 26));
        }
        return letters.toString();
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"" + part + "\" ContentType=\"" + TYPES + type + "\"/>";
    }

    private static String relationships(String all) {
        return HEAD + "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + all + "</Relationships>";
    }

    private static String relationship(int id, String type, String target) {
        return "<Relationship Id=\"rId" + id + "\" Type=\"" + DOCUMENT + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(UTF_8));
        zip.closeEntry();
    }
}
