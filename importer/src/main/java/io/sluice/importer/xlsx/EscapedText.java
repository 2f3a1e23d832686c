package io.sluice.importer.xlsx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes characters that XML cannot hold. A workbook writes them as {@code _x000D_} (ECMA-376, part 1, 22.9.2.19). */
final class EscapedText {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private EscapedText() {}

    static String decoded(String text) {
        return text.contains("_x")
                ? ESCAPED.matcher(text)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))))
                : text;
    }
}
