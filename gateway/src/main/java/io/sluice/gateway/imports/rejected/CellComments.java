package io.sluice.gateway.imports.rejected;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The comments of a sheet. They are written behind all rows, in two parts, so they are kept until then: compressed, and
 * not more of them than a spreadsheet program opens in good time.
 */
final class CellComments implements Closeable {
    /** LibreOffice and Excel keep a drawing for each. */
    static final int MOST = 10_000;

    private static final int LONGEST = 2_000;
    private static final int MOST_BYTES = 8 << 20;
    /** Ids of shapes go in blocks of 1,024, which the part lists (ECMA-376, part 4, 14.2.1.9). */
    private static final int BLOCK = 1_024;

    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final DataOutputStream kept;
    private int count;

    CellComments() throws IOException {
        this.kept = new DataOutputStream(new GZIPOutputStream(compressed));
    }

    /** Adds a comment, if there are not too many. */
    void add(int row, int column, String text) throws IOException {
        if (count < MOST && compressed.size() < MOST_BYTES) {
            kept.writeInt(row);
            kept.writeInt(column);
            kept.writeUTF(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
            count++;
        }
    }

    /** Ends the comments; none can be added any more. */
    @Override
    public void close() throws IOException {
        kept.close();
    }

    private interface Each {
        String xml(int number, int row, int column, String text);
    }

    private void write(OutputStream out, Each each) throws IOException {
        try (var read = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray())))) {
            for (var number = 1; number <= count; number++) {
                WorkbookText.write(out, each.xml(number, read.readInt(), read.readInt(), read.readUTF()));
            }
        }
    }

    /** Writes the texts of the comments. */
    void writeTexts(OutputStream out) throws IOException {
        WorkbookText.write(out, WorkbookText.COMMENTS_BEGIN);
        write(
                out,
                (_, row, column, text) ->
                        WorkbookText.COMMENT.formatted(SheetXml.reference(row, column), SheetXml.text(text)));
        WorkbookText.write(out, "</commentList></comments>");
    }

    /** Writes the shapes in which the comments are shown. */
    void writeShapes(OutputStream out) throws IOException {
        var blocks = new StringBuilder("1");
        for (var block = 2; block <= 1 + count / BLOCK; block++) {
            blocks.append(',').append(block);
        }
        WorkbookText.write(out, WorkbookText.SHAPES_BEGIN.formatted(blocks));
        write(
                out,
                (number, row, column, _) -> WorkbookText.SHAPE.formatted(
                        BLOCK + number, column + 1, Math.max(0, row - 1), column + 4, row + 4, row, column));
        WorkbookText.write(out, "</xml>");
    }
}
