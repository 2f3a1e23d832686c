package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import io.sluice.importer.sheet.FileRefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets only XML through that a parser can read in little memory. A parser gives text in pieces, but keeps a tag, a
 * comment, a processing instruction or a CDATA section until it ends, so those must be short. A document type is
 * refused, because entities come from it. More bytes than the archive announced are refused.
 *
 * <p>The guard knows only this about XML: {@code <} begins a tag, except inside a comment, a processing instruction or
 * a CDATA section; and how those begin and end. What begins one does not end it.
 */
final class XmlGuard extends FilterInputStream {
    /**
     * Longer than any tag that a spreadsheet program writes, and longer than the longest text of a cell in UTF-8 with
     * each sign escaped.
     */
    private static final int LONGEST = 1 << 20;

    private enum In {
        TAG_OR_TEXT,
        OPENING,
        BANG,
        COMMENT,
        CDATA,
        INSTRUCTION,
    }

    /** Characters after the {@code <} of the shortest comment, {@code <!---->}. */
    private static final int COMMENT_LENGTH = 6;

    /** Characters after the {@code <} of {@code <![CDATA[]]>}. */
    private static final int CDATA_LENGTH = 11;

    /** Characters after the {@code <} of {@code <?x?>}. */
    private static final int INSTRUCTION_LENGTH = 4;

    private final byte[] one = new byte[1];
    private long left;
    private In within = In.TAG_OR_TEXT;
    private int length;
    private byte before;
    private byte beforeThat;

    XmlGuard(InputStream in, long announced) {
        super(in);
        this.left = announced;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        var read = super.read(bytes, from, count);
        if (read > 0) {
            left -= read;
            if (left < 0) {
                throw refused("A part of the workbook is larger than it may be");
            }
            for (int i = from; i < from + read; i++) {
                look(bytes[i]);
            }
        }
        return read;
    }

    private void look(byte b) {
        length++;
        if (length > LONGEST) {
            throw refused("A part of the workbook has more in one piece than any cell can hold");
        }
        within = switch (within) {
            case TAG_OR_TEXT -> b == '<' ? opened() : In.TAG_OR_TEXT;
            case OPENING ->
                switch (b) {
                    case '!' -> In.BANG;
                    case '?' -> In.INSTRUCTION;
                    case '<' -> opened();
                    default -> In.TAG_OR_TEXT;
                };
            case BANG ->
                switch (b) {
                    case '-' -> In.COMMENT;
                    case '[' -> In.CDATA;
                    default -> throw refused("The workbook has a document type, which no spreadsheet program writes");
                };
            case COMMENT -> length >= COMMENT_LENGTH && ends(b, '-') ? In.TAG_OR_TEXT : In.COMMENT;
            case CDATA -> length >= CDATA_LENGTH && ends(b, ']') ? In.TAG_OR_TEXT : In.CDATA;
            case INSTRUCTION ->
                length >= INSTRUCTION_LENGTH && b == '>' && before == '?' ? In.TAG_OR_TEXT : In.INSTRUCTION;
        };
        beforeThat = before;
        before = b;
    }

    private In opened() {
        length = 0;
        return In.OPENING;
    }

    private boolean ends(byte b, char twice) {
        return b == '>' && before == twice && beforeThat == twice;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("bytes must be read, so that the guard sees them");
    }

    private static FileRefusedException refused(String what) {
        return new FileRefusedException(FILE_DAMAGED, what + "; save the table as .xlsx or CSV anew, and send that.");
    }
}
