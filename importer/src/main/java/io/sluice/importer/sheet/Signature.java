package io.sluice.importer.sheet;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.FILE_ENCRYPTED;
import static io.sluice.importer.sheet.ImporterFailure.NOT_A_SPREADSHEET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.List;
import java.util.Locale;

/** What a file is, by its first bytes. */
public enum Signature {
    /** A zip archive, as every workbook is one. */
    ZIP,
    /** Text, or at least nothing that is known to be something else. */
    TEXT;

    private static final String INSTEAD = "; save the table as .xlsx or CSV, and send that.";
    private static final int HEAD = 1024;
    /** The container of the Office files of before 2007, and of those that are encrypted. */
    private static final String OLE2 = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";

    private record Stranger(String start, String what) {}

    private static final List<Stranger> STRANGERS = List.of(
            new Stranger("%PDF", "a PDF document"),
            new Stranger("\u0089PNG", "an image"),
            new Stranger("\u00FF\u00D8\u00FF", "an image"),
            new Stranger("GIF8", "an image"),
            new Stranger("RIFF", "an image, a sound or a video"),
            new Stranger("{\\rtf", "a text document"),
            new Stranger("\u001F\u008B", "a compressed file"),
            new Stranger("BZh", "a compressed file"),
            new Stranger("7z\u00BC\u00AF", "a compressed file"),
            new Stranger("Rar!", "a compressed file"),
            new Stranger("\u00FD7zXZ", "a compressed file"),
            new Stranger("(\u00B5/\u00FD", "a compressed file"),
            new Stranger("SQLite format 3", "a database"),
            new Stranger("PAR1", "a Parquet file"),
            new Stranger("\u007FELF", "a program"),
            new Stranger("MZ\u0090", "a program"));

    /**
     * Looks at a file.
     *
     * @throws FileRefusedException when it is certainly no table
     */
    public static Signature of(byte[] file) {
        if (file.length == 0) {
            throw new FileRefusedException(EMPTY_FILE, "The file is empty.");
        }
        var head = new String(file, 0, Math.min(file.length, HEAD), ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return ZIP;
        }
        if (head.startsWith(OLE2)) {
            throw officeFile(file);
        }
        for (var stranger : STRANGERS) {
            if (head.startsWith(stranger.start())) {
                throw refused(stranger.what());
            }
        }
        var start = head.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<table")) {
            throw refused("a web page");
        }
        if (start.startsWith("<?xml")) {
            throw refused("an XML document");
        }
        return TEXT;
    }

    /** {@return the refusal of a file that is something else} */
    public static FileRefusedException refused(String what) {
        return new FileRefusedException(NOT_A_SPREADSHEET, "The file seems to be " + what + INSTEAD);
    }

    private static FileRefusedException officeFile(byte[] file) {
        if (has(file, "EncryptedPackage")) {
            return new FileRefusedException(
                    FILE_ENCRYPTED, "The file is protected by a password; save it without one, and send that.");
        }
        return refused(
                has(file, "Workbook") || has(file, "Book")
                        ? "a workbook of an old Excel (.xls)"
                        : "a document of an Office program");
    }

    /** Names of entries are UTF-16 in this container. */
    private static boolean has(byte[] file, String entry) {
        var wanted = entry.getBytes(UTF_16LE);
        for (int at = 0; at <= file.length - wanted.length; at++) {
            int i = 0;
            while (i < wanted.length && file[at + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
