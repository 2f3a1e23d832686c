package io.sluice.importer.csv;

import static io.sluice.importer.sheet.ImporterFailure.ENCODING_UNCLEAR;

import io.sluice.importer.encoding.DoubleEncoding;
import io.sluice.importer.encoding.FileEncoding;
import io.sluice.importer.encoding.FileEncoding.Finding;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.imports.file.KnownEncodings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file.
 *
 * @param encoding as it is shown to people
 * @param notes what the sender of the file should know about how it was decoded, one sentence each
 */
record DecodedText(String text, String encoding, List<String> notes) {
    /**
     * Decodes a file.
     *
     * @param given name of the encoding, which is not questioned unless the file's byte-order mark says another; null
     *     when it is to be found out
     * @throws FileRefusedException when the file is no text, or its encoding is not clear
     */
    static DecodedText of(byte[] file, @Nullable String given, FileLimits limits) {
        var notes = new ArrayList<String>();
        var encoding = encoding(file, given, limits, notes);
        var repaired = DoubleEncoding.repair(encoding.decode(file));
        if (repaired.places() > 0) {
            notes.add("Accents that had been encoded twice (such as Ã© for é) were corrected in %,d %s."
                    .formatted(repaired.places(), repaired.places() == 1 ? "place" : "places"));
        }
        if (repaired.left() > 0) {
            notes.add("%,d %s like accents that were encoded twice (such as Ã© for é), but may be meant; %s left."
                    .formatted(
                            repaired.left(),
                            repaired.left() == 1 ? "place looks" : "places look",
                            repaired.left() == 1 ? "it was" : "they were"));
        }
        return new DecodedText(repaired.text(), encoding.title(), List.copyOf(notes));
    }

    private static FileEncoding encoding(byte[] file, @Nullable String given, FileLimits limits, List<String> notes) {
        if (given == null) {
            return switch (FileEncoding.find(file)) {
                case Finding.Clear(var encoding) -> encoding;
                case Finding.Unclear(var likelier, var other) -> throw unclear(file, likelier, other, limits);
            };
        }
        var marked = FileEncoding.marked(file);
        var named = KnownEncodings.find(given)
                .map(charset -> new FileEncoding(charset, 0))
                .orElseThrow(() -> new FileRefusedException(
                        ENCODING_UNCLEAR,
                        "The encoding '%s' is not known; known are %s."
                                .formatted(given, String.join(", ", KnownEncodings.names()))));
        if (marked.isPresent() && !marked.get().charset().equals(named.charset())) {
            notes.add("The file begins with the byte-order mark of %s, so it was not read as %s."
                    .formatted(KnownEncodings.nameOf(marked.get().charset()), named.title()));
        }
        return marked.orElse(named);
    }

    private static FileRefusedException unclear(
            byte[] file, FileEncoding likelier, FileEncoding other, FileLimits limits) {
        var difference = FirstDifference.of(likelier.decode(file), other.decode(file), limits);
        return new FileRefusedException(
                ENCODING_UNCLEAR,
                "The encoding of the file is not clear: %s \"%s\" as %s, \"%s\" as %s. Send it again with the encoding that reads it right, such as encoding=%s (in the command line --encoding %s), or save it as UTF-8."
                        .formatted(
                                difference.place(),
                                difference.one(),
                                likelier.title(),
                                difference.other(),
                                other.title(),
                                likelier.title(),
                                likelier.title()));
    }
}
