package io.sluice.imports.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses from its first bytes what a file is. Only what is certainly no spreadsheet is refused here, so that the
 * sender learns it at once. Whether rows can be read from the rest is found out by its reader.
 */
public final class FirstBytes {
    /** Number of bytes that are looked at. A shorter file gives all it has. */
    public static final int LENGTH = 512;

    /** The media type of a workbook. */
    public static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /** The media type of a table as text. */
    public static final String TEXT = "text/csv";

    private static final String ZIP = "PK\u0003\u0004";
    private static final String SAVE_AS = "save it as .xlsx or .csv and send that";

    private static final List<Magic> OTHERS = List.of(
            new Magic("%PDF", "a PDF; export the table it shows as .xlsx or .csv and send that"),
            new Magic(
                    "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1",
                    "a workbook of Excel 97-2003 (.xls), or one with a password; " + SAVE_AS + ", without a password"),
            new Magic("\u0089PNG", "a picture (PNG)"),
            new Magic("\u00FF\u00D8\u00FF", "a picture (JPEG)"),
            new Magic("GIF8", "a picture (GIF)"),
            new Magic("RIFF", "a picture or a recording"),
            new Magic("II*\u0000", "a picture (TIFF)"),
            new Magic("MM\u0000*", "a picture (TIFF)"),
            new Magic("\u001F\u008B", "a gzip archive; unpack it and send what is in it"),
            new Magic("7z\u00BC\u00AF'\u001C", "a 7z archive; unpack it and send what is in it"),
            new Magic("Rar!\u001A\u0007", "a RAR archive; unpack it and send what is in it"),
            new Magic("BZh", "a bzip2 archive; unpack it and send what is in it"),
            new Magic("\u00FD7zXZ\u0000", "an xz archive; unpack it and send what is in it"),
            new Magic("SQLite format 3\u0000", "a database; export its table as .csv and send that"),
            new Magic("PAR1", "a Parquet file; export its rows as .csv and send that"),
            new Magic("\u007FELF", "a program"),
            new Magic("{\\rtf", "a text document (RTF); " + SAVE_AS));

    private FirstBytes() {}

    /** {@return what the file is and what to do, when it is certainly no spreadsheet} */
    public static Optional<String> refusal(byte[] first) {
        var begin = new String(first, ISO_8859_1);
        for (var other : OTHERS) {
            if (begin.startsWith(other.bytes())) {
                return Optional.of("is " + other.what());
            }
        }
        if (begin.startsWith(ZIP)) {
            return document(begin);
        }
        var markup = begin.replace("\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
        if (markup.startsWith("<!doctype html") || markup.startsWith("<html") || markup.startsWith("<table")) {
            return Optional.of("is a web page; " + SAVE_AS);
        }
        if (markup.startsWith("<?xml")) {
            return Optional.of("is an XML document; " + SAVE_AS);
        }
        return isBinary(first) ? Optional.of("is neither text nor a workbook; " + SAVE_AS) : Optional.empty();
    }

    /** {@return the media type of a file that was not refused} */
    public static String mediaType(byte[] first) {
        return new String(first, ISO_8859_1).startsWith(ZIP) ? WORKBOOK : TEXT;
    }

    /** An OpenDocument file says what it is in its first entry. */
    private static Optional<String> document(String begin) {
        return begin.contains("mimetypeapplication/vnd.oasis.opendocument")
                ? Optional.of("is an OpenDocument file; " + SAVE_AS)
                : Optional.empty();
    }

    /** Text has no NUL, except UTF-16, where every other byte of a plain header is NUL. */
    private static boolean isBinary(byte[] first) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] == 0) {
                even += i % 2 == 0 ? 1 : 0;
                odd += i % 2;
            }
        }
        return even + odd > 0 && !isUtf16(first, even, odd);
    }

    private static boolean isUtf16(byte[] first, int even, int odd) {
        var isMarked = first.length > 1
                && (Arrays.equals(first, 0, 2, new byte[] {(byte) 0xFF, (byte) 0xFE}, 0, 2)
                        || Arrays.equals(first, 0, 2, new byte[] {(byte) 0xFE, (byte) 0xFF}, 0, 2));
        var most = first.length / 4;
        return isMarked || (even == 0 && odd > most) || (odd == 0 && even > most);
    }

    /**
     * The first bytes of a format.
     *
     * @param bytes one character each
     * @param what the format, and what to do
     */
    private record Magic(String bytes, String what) {}
}
