package io.sluice.gateway.imports.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of a workbook with one sheet and comments, as far as they are always the same (ECMA-376, part 1). */
final class WorkbookText {
    static final String SHEET = "xl/worksheets/sheet1.xml";
    static final String COMMENTS = "xl/comments1.xml";
    static final String SHAPES = "xl/drawings/vmlDrawing1.vml";

    /** Cell styles of {@link #STYLES}. */
    static final int TEXT = 0;

    static final int WRONG = 1;
    static final int TITLE = 2;
    static final int NUMBER = 3;

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static final String TYPES = XML + "<Types xmlns=\"" + PACKAGE + "content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
            + type("/xl/workbook.xml", "sheet.main") + type("/" + SHEET, "worksheet")
            + type("/xl/styles.xml", "styles") + type("/" + COMMENTS, "comments") + "</Types>";

    private static final String WORKBOOK = XML + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets>"
            + "<sheet name=\"rejected rows\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

    /** Text is format 49, which a program does not turn into a number or a formula when the cell is edited. */
    private static final String STYLES = XML + "<styleSheet xmlns=\"" + MAIN + "\">"
            + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
            + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\">"
            + "<fgColor rgb=\"FFFFC7CE\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"4\">" + style(49, 0, 0, " quotePrefix=\"1\"") + style(49, 0, 2, " quotePrefix=\"1\"")
            + style(49, 1, 0, "") + style(0, 0, 0, "") + "</cellXfs>"
            + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

    /** The title stays in view. The formats are the columns and their widths. */
    static final String SHEET_BEGIN = XML + "<worksheet xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheetViews>"
            + "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\""
            + " state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"%d\" width=\"20\" customWidth=\"1\""
            + " style=\"0\"/><col min=\"%d\" max=\"%d\" width=\"80\" customWidth=\"1\" style=\"0\"/></cols><sheetData>";

    static final String SHEET_END = "</sheetData><legacyDrawing r:id=\"rId1\"/></worksheet>";

    static final String COMMENTS_BEGIN =
            XML + "<comments xmlns=\"" + MAIN + "\"><authors><author>Sluice</author></authors>" + "<commentList>";
    static final String COMMENT =
            "<comment ref=\"%s\" authorId=\"0\"><text><t xml:space=\"preserve\">%s</t></text></comment>";

    static final String SHAPES_BEGIN = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\""
            + " xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
            + "<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"%s\"/></o:shapelayout>"
            + "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
            + "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
    /** Its anchor is in columns and rows, each with an offset. */
    static final String SHAPE = "<v:shape id=\"_x0000_s%d\" type=\"#_x0000_t202\""
            + " style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
            + "<v:fill color2=\"#ffffe1\"/><v:path o:connecttype=\"none\"/><v:textbox/>"
            + "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
            + "<x:Anchor>%d,15,%d,10,%d,15,%d,4</x:Anchor><x:AutoFill>False</x:AutoFill>"
            + "<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>";

    private WorkbookText() {}

    /** {@return the parts before the sheet, by name} */
    static Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("[Content_Types].xml", TYPES);
        parts.put("_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml")));
        parts.put("xl/workbook.xml", WORKBOOK);
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relations(relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "styles", "styles.xml")));
        parts.put("xl/styles.xml", STYLES);
        parts.put(
                "xl/worksheets/_rels/sheet1.xml.rels",
                relations(relation(1, "vmlDrawing", "../drawings/vmlDrawing1.vml")
                        + relation(2, "comments", "../comments1.xml")));
        return parts;
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private static String type(String part, String type) {
        return "<Override PartName=\"%s\" ContentType=\"%s%s+xml\"/>".formatted(part, TYPE, type);
    }

    private static String relations(String relations) {
        return XML + "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + relations + "</Relationships>";
    }

    private static String relation(int number, String type, String target) {
        return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>".formatted(number, OFFICE, type, target);
    }

    private static String style(int format, int font, int fill, String more) {
        return ("<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\""
                        + " applyFont=\"1\" applyFill=\"1\"%s/>")
                .formatted(format, font, fill, more);
    }
}
