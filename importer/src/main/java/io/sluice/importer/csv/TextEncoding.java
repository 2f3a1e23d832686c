package io.sluice.importer.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.importer.sheet.FileSignature;
import java.nio.charset.Charset;

/**
 * The encoding of a file. A byte-order mark decides. Without one, zero bytes mean UTF-16. A file that is valid UTF-8 to
 * its last byte is UTF-8, since no other text is valid by chance. The rest is Windows-1252, in which every byte is a
 * character.
 *
 * @param bomLength bytes of the byte-order mark
 */
record TextEncoding(Charset charset, int bomLength) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SAMPLE = 64 * 1024;
    /** A file is no text when it has more control characters than one in this many. */
    private static final int CONTROLS = 100;

    /**
     * Finds the encoding from all bytes of a file.
     *
     * @throws io.sluice.importer.sheet.FileRefusedException when the file is no text
     */
    static TextEncoding of(byte[] file) {
        if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(UTF_8, 3);
        }
        if (startsWith(file, 0xFF, 0xFE)) {
            return new TextEncoding(UTF_16LE, 2);
        }
        if (startsWith(file, 0xFE, 0xFF)) {
            return new TextEncoding(UTF_16BE, 2);
        }
        var sample = Math.min(file.length, SAMPLE);
        int even = 0;
        int odd = 0;
        int controls = 0;
        for (int i = 0; i < sample; i++) {
            if (file[i] == 0) {
                even += 1 - i % 2;
                odd += i % 2;
            } else if (file[i] > 0 && file[i] < ' ' && "\t\n\r\f".indexOf(file[i]) < 0) {
                controls++;
            }
        }
        // Latin text in UTF-16 has a zero in nearly every pair of bytes, always on the same side
        if (odd > sample / 4 && even < odd / 10) {
            return new TextEncoding(UTF_16LE, 0);
        }
        if (even > sample / 4 && odd < even / 10) {
            return new TextEncoding(UTF_16BE, 0);
        }
        if (even + odd + controls > sample / CONTROLS) {
            throw FileSignature.refused("no text");
        }
        return new TextEncoding(isUtf8(file) ? UTF_8 : WINDOWS_1252, 0);
    }

    /** {@return the file's text} */
    String decode(byte[] file) {
        return new String(file, bomLength, file.length - bomLength, charset);
    }

    /** {@return the encoding as it is shown to people} */
    String title() {
        return charset.name() + (bomLength > 0 ? " with BOM" : "");
    }

    private static boolean startsWith(byte[] file, int... bytes) {
        if (file.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((file[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3629: well-formed sequences only, no surrogates, nothing longer than needed, nothing above U+10FFFF. */
    private static boolean isUtf8(byte[] file) {
        int at = 0;
        while (at < file.length) {
            if (file[at] >= 0) {
                at++;
                continue;
            }
            var length = Utf8.lengthAt(file, at, file.length);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
