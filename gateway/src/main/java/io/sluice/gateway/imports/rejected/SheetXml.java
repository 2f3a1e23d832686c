package io.sluice.gateway.imports.rejected;

import java.util.regex.Pattern;

/** Texts and references as the parts of a workbook have them (ECMA-376, part 1). */
final class SheetXml {
    /** What a reader would take for an escaped character. */
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private SheetXml() {}

    /** {@return the text of an element; what XML cannot hold is written as {@code _x001A_} (22.9.2.19)} */
    static String text(String text) {
        var plain = text.contains("_x") ? LOOKS_ESCAPED.matcher(text).replaceAll("_x005F_") : text;
        var xml = new StringBuilder(plain.length() + 16);
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> append(xml, plain, i, c);
            }
        }
        return xml.toString();
    }

    private static void append(StringBuilder xml, String plain, int at, char c) {
        var isControl = c < ' ' && c != '\t' && c != '\n';
        if (isControl || c >= '\uFFFE' || isHalf(plain, at, c)) {
            xml.append("_x%04X_".formatted((int) c));
        } else {
            xml.append(c);
        }
    }

    private static boolean isHalf(String text, int at, char c) {
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** {@return the name of a cell, such as {@code AB12}; both counted from 0} */
    static String reference(int row, int column) {
        var letters = new StringBuilder(3);
        for (var rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.append((char) ('A' + rest % 26));
        }
        return letters.reverse().append(row + 1).toString();
    }
}
