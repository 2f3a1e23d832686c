package io.sluice.gateway.imports.rejected;

import io.sluice.imports.text.CellText;
import io.sluice.imports.text.Excerpt;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Rejected rows as a workbook: cells are texts, and a wrong cell is colored and has its reason as a comment. It is
 * written by hand, because POI keeps all comments of a sheet in memory, each as a drawing.
 */
final class XlsxErrors implements ErrorsFile.Content {
    /** The most characters that a cell of a workbook can hold. */
    private static final int LONGEST = 32_767;

    private static final int MOST_ROWS = 1 << 20;

    private final RejectedTable table;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);
    private final CellComments comments;
    private int row;

    XlsxErrors(RejectedTable table) throws IOException {
        this.table = table;
        this.comments = new CellComments();
    }

    @Override
    public byte[] head() throws IOException {
        for (var part : WorkbookText.parts().entrySet()) {
            zip.putNextEntry(new ZipEntry(part.getKey()));
            WorkbookText.write(zip, part.getValue());
        }
        zip.putNextEntry(new ZipEntry(WorkbookText.SHEET));
        var last = table.titles().size();
        WorkbookText.write(zip, WorkbookText.SHEET_BEGIN.formatted(last - 1, last, last));
        var xml = begin();
        var titles = table.titles();
        for (var column = 0; column < titles.size(); column++) {
            addText(xml, column, WorkbookText.TITLE, returning(abridged(titles.get(column))));
        }
        end(xml);
        return taken();
    }

    @Override
    public byte[] rows(List<Rejected> rows) throws IOException {
        for (var rejected : rows) {
            if (row == MOST_ROWS) {
                throw new IOException("a sheet cannot have more rows; CSV can");
            }
            addRow(rejected);
        }
        return taken();
    }

    private void addRow(Rejected rejected) throws IOException {
        var xml = begin();
        var cells = table.cells(rejected);
        var reasons = table.reasons(rejected);
        for (var column = 0; column < cells.size(); column++) {
            var cell = cells.get(column);
            if (column == table.rowNumberColumn()) {
                xml.append("<c r=\"%s\" s=\"%d\"><v>%s</v></c>"
                        .formatted(SheetXml.reference(row, column), WorkbookText.NUMBER, cell));
            } else if (column == table.errorColumn()) {
                addText(xml, column, WorkbookText.TEXT, abridged(cell));
            } else if (cell.length() > LONGEST) {
                addTooLong(xml, column, cell, reasons);
            } else {
                addText(
                        xml,
                        column,
                        reasons.containsKey(column) ? WorkbookText.WRONG : WorkbookText.TEXT,
                        returning(cell));
            }
        }
        for (var reason : reasons.entrySet()) {
            comments.add(row, reason.getKey(), reason.getValue());
        }
        end(xml);
    }

    /** A cut text would look right when it is sent again. An error of a formula is refused, so nothing is lost. */
    private void addTooLong(StringBuilder xml, int column, String cell, Map<Integer, String> reasons) {
        xml.append("<c r=\"%s\" s=\"%d\" t=\"e\"><v>#N/A</v></c>"
                .formatted(SheetXml.reference(row, column), WorkbookText.WRONG));
        reasons.merge(
                column,
                "The text has %,d characters, and a cell of a workbook holds %,d: take it from the imported file, or correct the errors as CSV. It begins: %s"
                        .formatted(cell.length(), LONGEST, Excerpt.of(cell)),
                (one, other) -> one + "\n" + other);
    }

    /** An import takes the apostrophe off a text that looks guarded, so such a text gets one more. */
    private static String returning(String cell) {
        return CellText.unguard(cell).equals(cell) ? cell : CellText.guard(cell);
    }

    private void addText(StringBuilder xml, int column, int style, String text) {
        if (text.isEmpty()) {
            if (style != WorkbookText.TEXT) {
                xml.append("<c r=\"%s\" s=\"%d\"/>".formatted(SheetXml.reference(row, column), style));
            }
            return;
        }
        xml.append("<c r=\"")
                .append(SheetXml.reference(row, column))
                .append("\" s=\"")
                .append(style)
                .append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                .append(SheetXml.text(text))
                .append("</t></is></c>");
    }

    private static String abridged(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 2) + "…" : text;
    }

    private StringBuilder begin() {
        return new StringBuilder(1_024).append("<row r=\"").append(row + 1).append("\">");
    }

    private void end(StringBuilder xml) throws IOException {
        WorkbookText.write(zip, xml.append("</row>").toString());
        row++;
    }

    @Override
    public byte[] end() throws IOException {
        WorkbookText.write(zip, WorkbookText.SHEET_END);
        comments.close();
        zip.putNextEntry(new ZipEntry(WorkbookText.COMMENTS));
        comments.writeTexts(zip);
        zip.putNextEntry(new ZipEntry(WorkbookText.SHAPES));
        comments.writeShapes(zip);
        zip.close();
        return taken();
    }

    /** A compressor has memory outside the heap. */
    @Override
    public void close() throws IOException {
        try (comments) {
            zip.close();
        }
    }

    /** {@return what the archive has given since the last time} */
    private byte[] taken() {
        var taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }
}
