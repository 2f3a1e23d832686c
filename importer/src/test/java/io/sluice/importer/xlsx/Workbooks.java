package io.sluice.importer.xlsx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.importer.sheet.Sheet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Workbooks to test with: such as POI writes, and such as nobody should. */
public final class Workbooks {
    private static final String CONTENT_TYPES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
            <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
            </Types>""";
    private static final String RELATIONSHIPS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>
            </Relationships>""";
    private static final String SHARED_TEXTS = """
            <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
            """;
    private static final String WORKBOOK = """
            <?xml version="1.0" encoding="UTF-8"?>
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>""";
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private static final String TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private static final String SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String STRICT_SHEETS = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    private Workbooks() {}

    /** {@return a workbook as POI writes it} */
    public static byte[] of(Consumer<Workbook> content) {
        try (var workbook = new SXSSFWorkbook();
                var out = new ByteArrayOutputStream()) {
            content.accept(workbook);
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same workbook in the form that Excel saves as "Strict Open XML Spreadsheet" (ISO/IEC 29500-1)} */
    public static byte[] strict(byte[] workbook) {
        var parts = partsOf(workbook);
        parts.replaceAll((name, part) -> new String(part, UTF_8)
                .replace(TRANSITIONAL, STRICT)
                .replace(SHEETS, STRICT_SHEETS)
                .getBytes(UTF_8));
        return zipOf(parts);
    }

    /** {@return a workbook of one sheet, and maybe of shared texts, as they are} */
    public static byte[] ofParts(String sheet, @Nullable String sharedTexts) {
        var parts = parts();
        parts.put(SHEET, sheet);
        if (sharedTexts != null) {
            parts.put("xl/sharedStrings.xml", sharedTexts);
            parts.merge(
                    "xl/_rels/workbook.xml.rels",
                    SHARED_TEXTS,
                    (before, also) -> before.replace("</Rel", also + "</Rel"));
        }
        return zip(parts);
    }

    /** {@return a workbook of one sheet, whose cells have the style of each of these formats, in that order} */
    public static byte[] ofFormats(List<String> formats, String rows) {
        var parts = parts();
        var styles = new StringBuilder("<styleSheet><numFmts>");
        for (int i = 0; i < formats.size(); i++) {
            styles.append("<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>"
                    .formatted(
                            164 + i,
                            formats.get(i)
                                    .replace("&", "&amp;")
                                    .replace("\"", "&quot;")
                                    .replace("<", "&lt;")));
        }
        styles.append("</numFmts><cellXfs>");
        for (int i = 0; i < formats.size(); i++) {
            styles.append("<xf numFmtId=\"%d\"/>".formatted(164 + i));
        }
        parts.put("xl/styles.xml", styles.append("</cellXfs></styleSheet>").toString());
        parts.put(SHEET, "<worksheet><sheetData>%s</sheetData></worksheet>".formatted(rows));
        return zip(parts);
    }

    /** {@return the parts of a workbook of one sheet, to be changed by a test} */
    public static Map<String, byte[]> partsOf(byte[] workbook) {
        var parts = new LinkedHashMap<String, byte[]>();
        try (var zip = ZipFile.builder().setByteArray(workbook).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }

    /** {@return an archive of these parts} */
    public static byte[] zipOf(Map<String, byte[]> parts) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var part : parts.entrySet()) {
                put(zip, part.getKey(), part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** {@return whether a sheet has any row, as the choice of a sheet asks} */
    static boolean hasRows(Sheet sheet) {
        try (var rows = sheet.rows()) {
            return rows.next() != null;
        }
    }

    /** {@return a workbook whose only sheet has this name, and one cell} */
    public static byte[] named(String sheet) {
        var parts = parts();
        parts.put("xl/workbook.xml", WORKBOOK.replace("Sheet1", sheet));
        parts.put(SHEET, "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>");
        return zip(parts);
    }

    private static Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("[Content_Types].xml", CONTENT_TYPES);
        parts.put("_rels/.rels", RELATIONSHIPS.formatted("officeDocument", "xl/workbook.xml"));
        parts.put("xl/workbook.xml", WORKBOOK);
        parts.put("xl/_rels/workbook.xml.rels", RELATIONSHIPS.formatted("worksheet", "worksheets/sheet1.xml"));
        return parts;
    }

    /** {@return a workbook whose sheet inflates to this many bytes, nearly all of them blank rows} */
    public static byte[] blank(long bytes) {
        var rows = "<row></row>".repeat(100_000).getBytes(UTF_8);
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var part : parts().entrySet()) {
                put(zip, part.getKey(), part.getValue().getBytes(UTF_8));
            }
            zip.putNextEntry(new ZipEntry(SHEET));
            zip.write("<worksheet><sheetData>".getBytes(UTF_8));
            for (long written = 0; written < bytes; written += rows.length) {
                zip.write(rows);
            }
            zip.write("</sheetData></worksheet>".getBytes(UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Has the directory of an archive say that larger entries have only this many bytes. */
    public static void lieAboutSizes(byte[] file, int bytes) {
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 28 < file.length; i++) {
            // the central directory's headers, and in each the inflated size
            if (buffer.getInt(i) == 0x02014b50 && buffer.getInt(i + 24) > bytes) {
                buffer.putInt(i + 24, bytes);
            }
        }
    }

    public static byte[] zip(Map<String, String> entries) {
        var parts = new LinkedHashMap<String, byte[]>();
        entries.forEach((name, text) -> parts.put(name, text.getBytes(UTF_8)));
        return zipOf(parts);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
