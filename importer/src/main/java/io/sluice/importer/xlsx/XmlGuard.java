package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import io.sluice.importer.sheet.FileRefusedException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets only XML through that a parser can read in little memory. A parser gives text in pieces, but keeps a tag, a
 * comment, a processing instruction or a CDATA section until it ends, so those must be short. A document type is
 * refused, because entities come from it.
 *
 * <p>The guard knows only this about XML: {@code <} begins a tag, except inside a comment, a processing instruction or
 * a CDATA section; and how those begin and end. What begins one does not end it.
 */
final class XmlGuard extends FilterReader {
    /**
     * Longer than any tag that a spreadsheet program writes, and longer than the longest text of a cell with each sign
     * escaped.
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

    private final char[] one = new char[1];
    private In within = In.TAG_OR_TEXT;
    private int length;
    private char before;
    private char beforeThat;

    XmlGuard(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] chars, int from, int count) throws IOException {
        var read = super.read(chars, from, count);
        for (int i = from; i < from + read; i++) {
            look(chars[i]);
        }
        return read;
    }

    private void look(char c) {
        length++;
        if (length > LONGEST) {
            throw refused("A part of the workbook has more in one piece than any cell can hold");
        }
        within = switch (within) {
            case TAG_OR_TEXT -> c == '<' ? opened() : In.TAG_OR_TEXT;
            case OPENING ->
                switch (c) {
                    case '!' -> In.BANG;
                    case '?' -> In.INSTRUCTION;
                    case '<' -> opened();
                    default -> In.TAG_OR_TEXT;
                };
            case BANG ->
                switch (c) {
                    case '-' -> In.COMMENT;
                    case '[' -> In.CDATA;
                    default -> throw refused("The workbook has a document type, which no spreadsheet program writes");
                };
            case COMMENT -> length >= COMMENT_LENGTH && ends(c, '-') ? In.TAG_OR_TEXT : In.COMMENT;
            case CDATA -> length >= CDATA_LENGTH && ends(c, ']') ? In.TAG_OR_TEXT : In.CDATA;
            case INSTRUCTION ->
                length >= INSTRUCTION_LENGTH && c == '>' && before == '?' ? In.TAG_OR_TEXT : In.INSTRUCTION;
        };
        beforeThat = before;
        before = c;
    }

    private In opened() {
        length = 0;
        return In.OPENING;
    }

    private boolean ends(char c, char twice) {
        return c == '>' && before == twice && beforeThat == twice;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("characters must be read, so that the guard sees them");
    }

    private static FileRefusedException refused(String what) {
        return new FileRefusedException(FILE_DAMAGED, what + "; save the table as .xlsx or CSV anew, and send that.");
    }
}
