package io.sluice.importer;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that JSON and Postgres can hold: no NUL character, and no half of a surrogate pair. */
final class Texts {
    private static final int REPLACEMENT = 0xFFFD;

    private Texts() {}

    /** {@return the text, with U+FFFD for what cannot be stored} */
    static String storable(String text) {
        var mended = text.codePoints()
                .map(c -> isStorable(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return mended.toString();
    }

    /** {@return the text as it can be stored, cut behind so many characters (UTF-16 units)} */
    static String storable(String text, int longest) {
        if (text.length() <= longest) {
            return storable(text);
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return storable(text.substring(0, end)) + "…";
    }

    /** {@return the texts as they can be stored, by the same names} */
    static Map<String, String> storable(Map<String, String> texts) {
        var mended = LinkedHashMap.<String, String>newLinkedHashMap(texts.size());
        texts.forEach((name, text) -> mended.put(name, storable(text)));
        return mended;
    }

    private static boolean isStorable(int c) {
        return c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
