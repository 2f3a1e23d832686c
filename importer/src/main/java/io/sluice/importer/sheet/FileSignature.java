package io.sluice.importer.sheet;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.FILE_ENCRYPTED;
import static io.sluice.importer.sheet.ImporterFailure.NOT_A_SPREADSHEET;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.sluice.imports.file.FirstBytes;
import java.util.Arrays;

/** What a file is, by its first bytes. */
public enum FileSignature {
    /** A zip archive. Every workbook is one. */
    ZIP,
    /** Text, or at least nothing that is known to be something else. */
    TEXT;

    /** The name of an entry in the container that Office writes for a file with a password (MS-OFFCRYPTO, 1.3.2). */
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(UTF_16LE);

    /**
     * Looks at a file.
     *
     * @throws FileRefusedException when the file is certainly no table
     */
    public static FileSignature of(byte[] file) {
        if (file.length == 0) {
            throw new FileRefusedException(EMPTY_FILE, "The file is empty.");
        }
        var first = Arrays.copyOf(file, Math.min(file.length, FirstBytes.LENGTH));
        FirstBytes.refusal(first).ifPresent(reason -> {
            throw isEncrypted(file)
                    ? new FileRefusedException(
                            FILE_ENCRYPTED, "The file is protected by a password; save it without one, and send that.")
                    : new FileRefusedException(NOT_A_SPREADSHEET, "The file " + reason + ".");
        });
        return FirstBytes.mediaType(first).equals(FirstBytes.WORKBOOK) ? ZIP : TEXT;
    }

    /** {@return the refusal of a file that is no table} */
    public static FileRefusedException refused(String what) {
        return new FileRefusedException(
                NOT_A_SPREADSHEET,
                "The file seems to be " + what + "; save the table as .xlsx or .csv, and send that.");
    }

    private static boolean isEncrypted(byte[] file) {
        for (int at = 0; at <= file.length - ENCRYPTED.length; at++) {
            if (Arrays.equals(file, at, at + ENCRYPTED.length, ENCRYPTED, 0, ENCRYPTED.length)) {
                return true;
            }
        }
        return false;
    }
}
