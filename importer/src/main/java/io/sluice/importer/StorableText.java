package io.sluice.importer;

import java.util.LinkedHashMap;
import java.util.Map;

/** Text that JSON and Postgres can hold: no NUL character, and no half of a surrogate pair. */
final class StorableText {
    private static final int REPLACEMENT = 0xFFFD;

    private StorableText() {}

    /** {@return the text, with U+FFFD in place of what cannot be stored} */
    static String of(String text) {
        var mended = text.codePoints()
                .map(c -> isStorable(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return mended.toString();
    }

    /** {@return the storable text, cut to this many characters (UTF-16 units)} */
    static String of(String text, int longest) {
        if (text.length() <= longest) {
            return of(text);
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return of(text.substring(0, end)) + "…";
    }

    /** {@return the storable texts by the same names} */
    static Map<String, String> ofAll(Map<String, String> texts) {
        var mended = LinkedHashMap.<String, String>newLinkedHashMap(texts.size());
        texts.forEach((name, text) -> mended.put(name, of(text)));
        return mended;
    }

    private static boolean isStorable(int c) {
        return c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
