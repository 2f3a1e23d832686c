package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.importer.sheet.FileSignature;
import io.sluice.imports.file.KnownEncodings;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The encoding of a file.
 *
 * @param bomLength bytes of the byte-order mark
 */
public record FileEncoding(Charset charset, int bomLength) {
    private static final int SAMPLE = 64 * 1024;
    /** A file is no text when it has more control characters than one in this many. */
    private static final int CONTROLS = 100;

    /** What was found out about the encoding of a file. */
    public sealed interface Finding {
        /** The encoding is this one. */
        record Clear(FileEncoding encoding) implements Finding {}

        /** The file can be read in two encodings, with results that differ and are about as probable. */
        record Unclear(FileEncoding likelier, FileEncoding other) implements Finding {}
    }

    /**
     * Finds the encoding from all bytes of a file. A byte-order mark decides. Without one, zero bytes mean UTF-16. The
     * rest is decided by how probable each encoding's reading is.
     *
     * @throws io.sluice.importer.sheet.FileRefusedException when the file is no text
     */
    public static Finding find(byte[] file) {
        var marked = marked(file).or(() -> escaped(file)).or(() -> wide(file));
        if (marked.isPresent()) {
            return new Finding.Clear(marked.get());
        }
        return switch (EncodingDetector.decide(file)) {
            case EncodingDetector.Decision.Clear(var charset) -> new Finding.Clear(new FileEncoding(charset, 0));
            case EncodingDetector.Decision.Unclear(var likelier, var other) ->
                new Finding.Unclear(new FileEncoding(likelier, 0), new FileEncoding(other, 0));
        };
    }

    /** {@return the encoding that a file's byte-order mark says} */
    public static Optional<FileEncoding> marked(byte[] file) {
        if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(new FileEncoding(UTF_8, 3));
        }
        if (startsWith(file, 0xFF, 0xFE)) {
            return Optional.of(new FileEncoding(UTF_16LE, 2));
        }
        if (startsWith(file, 0xFE, 0xFF)) {
            return Optional.of(new FileEncoding(UTF_16BE, 2));
        }
        return Optional.empty();
    }

    /** {@return the file's text, in which U+FFFD is what cannot be read} */
    public String decode(byte[] file) {
        return new String(file, bomLength, file.length - bomLength, charset);
    }

    /** {@return the encoding as it is shown to people} */
    public String title() {
        return KnownEncodings.nameOf(charset) + (bomLength > 0 ? " with BOM" : "");
    }

    /** Japanese in seven bits says with escape sequences where it begins and ends. */
    private static Optional<FileEncoding> escaped(byte[] file) {
        for (int i = 0; i + 2 < file.length; i++) {
            if (file[i] == 0x1B && file[i + 1] == '$' && (file[i + 2] == 'B' || file[i + 2] == '@')) {
                return KnownEncodings.find("ISO-2022-JP").map(charset -> new FileEncoding(charset, 0));
            }
        }
        return Optional.empty();
    }

    /** Latin text in UTF-16 has a zero in nearly every pair of bytes, always on the same side. */
    private static Optional<FileEncoding> wide(byte[] file) {
        var sample = Math.min(file.length, SAMPLE);
        int even = 0;
        int odd = 0;
        int controls = 0;
        for (int i = 0; i < sample; i++) {
            if (file[i] == 0) {
                even += 1 - i % 2;
                odd += i % 2;
            } else if (file[i] > 0 && file[i] < ' ' && "\t\n\r\f\u001A".indexOf(file[i]) < 0) {
                controls++;
            }
        }
        if (odd > sample / 4 && even < odd / 10) {
            return Optional.of(new FileEncoding(UTF_16LE, 0));
        }
        if (even > sample / 4 && odd < even / 10) {
            return Optional.of(new FileEncoding(UTF_16BE, 0));
        }
        if (even + odd + controls > sample / CONTROLS) {
            throw FileSignature.refused("no text");
        }
        return Optional.empty();
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
}
