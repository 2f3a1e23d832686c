package io.sluice.importer.encoding;

/** Well-formed UTF-8, by table 3-7 of the Unicode standard. */
final class Utf8 {
    private Utf8() {}

    /**
     * Returns the length of the character of several bytes that begins here; 0 when there is none.
     *
     * @param end of the bytes to look at, exclusive
     */
    static int lengthAt(byte[] bytes, int at, int end) {
        var first = bytes[at] & 0xFF;
        var length = first >= 0xC2 && first <= 0xDF
                ? 2
                : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        var second = bytes[at + 1] & 0xFF;
        var low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        var high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * Returns the length of what is damaged here: one byte, or a whole sequence that is built as UTF-8 builds them and
     * means no character, such as half of a surrogate pair, or that is cut off.
     */
    static int damageAt(byte[] bytes, int at) {
        var first = bytes[at] & 0xFF;
        var length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 1;
        int end = at + 1;
        while (end < bytes.length && end < at + length && (bytes[end] & 0xC0) == 0x80) {
            end++;
        }
        return end - at;
    }
}
