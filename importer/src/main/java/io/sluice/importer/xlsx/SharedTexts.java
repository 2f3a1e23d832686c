package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;

import io.sluice.importer.sheet.FileRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shared texts of a workbook. Each is kept once, and cells name it by its number. All of them are in memory while
 * the workbook is read.
 */
final class SharedTexts {
    /** Most bytes of all texts together. A character takes up to two bytes, and each text {@value #OVERHEAD} more. */
    private static final long LARGEST = 64L << 20;

    private static final int OVERHEAD = 48;

    private final List<String> texts;

    private SharedTexts(List<String> texts) {
        this.texts = texts;
    }

    /**
     * Reads the shared texts.
     *
     * @param part null when the workbook has none
     */
    static SharedTexts read(@Nullable PartReader part) {
        var texts = new ArrayList<String>();
        if (part == null) {
            return new SharedTexts(texts);
        }
        long size = 0;
        var text = new StringBuilder();
        try (part) {
            while (part.next()) {
                if (part.begins("si")) {
                    text.setLength(0);
                } else if (part.begins("rPh")) {
                    part.skip(); // how the text is pronounced
                } else if (part.begins("t")) {
                    part.text(text);
                } else if (part.ends("si")) {
                    var shared = EscapedText.decoded(text.toString());
                    texts.add(shared);
                    size += 2L * shared.length() + OVERHEAD;
                    if (size > LARGEST) {
                        throw new FileRefusedException(
                                FILE_TOO_LARGE, "The workbook has too much text; split it into several, or send CSV.");
                    }
                }
            }
        }
        return new SharedTexts(texts);
    }

    /** {@return the text of this number; null when there is none} */
    @Nullable String get(String number) {
        try {
            var index = Integer.parseInt(number.strip());
            return index >= 0 && index < texts.size() ? texts.get(index) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
