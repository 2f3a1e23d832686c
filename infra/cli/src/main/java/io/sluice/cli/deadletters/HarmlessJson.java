package io.sluice.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.text.VisibleText;

/**
 * Writes JSON that does no harm where it is opened, with the same content. Within texts, hidden characters are escapes, so a
 * terminal does not act on them. So are the characters that begin a formula ({@code = + - @}), except after a letter or a
 * digit: a spreadsheet that takes the line for CSV may begin a cell at any comma, also at one within a text.
 */
final class HarmlessJson {
    private static final String BEGIN_FORMULAS = "=+-@";

    private HarmlessJson() {}

    /** {@return the JSON in one line} */
    static String of(JsonNode json) {
        return withoutFormulas(VisibleText.of(json.toString()));
    }

    private static String withoutFormulas(String json) {
        var harmless = new StringBuilder(json.length());
        var isText = false;
        var isEscape = false;
        var before = '"';
        for (var i = 0; i < json.length(); i++) {
            var character = json.charAt(i);
            if (isText && BEGIN_FORMULAS.indexOf(character) >= 0 && !Character.isLetterOrDigit(before)) {
                harmless.append("\\u%04x".formatted((int) character));
            } else {
                harmless.append(character);
            }
            if (character == '"' && !isEscape) {
                isText = !isText;
            }
            isEscape = character == '\\' && !isEscape;
            before = character;
        }
        return harmless.toString();
    }
}
