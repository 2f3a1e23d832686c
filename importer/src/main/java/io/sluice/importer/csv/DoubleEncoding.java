package io.sluice.importer.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Repairs text whose UTF-8 bytes were once read as Windows-1252 and written as UTF-8 again, so that é became Ã©. It is
 * repaired only when that explains the file: at most one place in eleven may have another explanation, and the result
 * must be letters and signs of Western European languages.
 *
 * @param text repaired, or as it was
 * @param places how many places were repaired
 */
record DoubleEncoding(String text, int places) {
    private static final Map<Character, Byte> WINDOWS_1252 = windows1252();
    private static final int EXPLAINED_FOR_ONE_NOT = 10;

    static DoubleEncoding repair(String text) {
        var repaired = new StringBuilder();
        int kept = 0;
        int explained = 0;
        int unexplained = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) < 0x80) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && text.charAt(end) >= 0x80) {
                end++;
            }
            var meant = meant(text, at, end);
            if (meant == null) {
                unexplained++;
            } else {
                explained++;
                repaired.append(text, kept, at).append(meant);
                kept = end;
            }
            if (unexplained > EXPLAINED_FOR_ONE_NOT && unexplained > explained) {
                break; // an ordinary text with accents: the rest need not be read
            }
            at = end;
        }
        if (explained == 0 || unexplained * EXPLAINED_FOR_ONE_NOT > explained) {
            return new DoubleEncoding(text, 0);
        }
        return new DoubleEncoding(repaired.append(text, kept, text.length()).toString(), explained);
    }

    /** {@return the characters that these were before they were misread; null when no text comes out} */
    private static @Nullable String meant(String text, int from, int to) {
        var bytes = new byte[to - from];
        for (int i = from; i < to; i++) {
            var single = WINDOWS_1252.get(text.charAt(i));
            if (single == null) {
                return null;
            }
            bytes[i - from] = single;
        }
        for (int at = 0; at < bytes.length; ) {
            var length = Utf8.lengthAt(bytes, at, bytes.length);
            if (length == 0) {
                return null;
            }
            at += length;
        }
        var meant = new String(bytes, UTF_8);
        return meant.chars().allMatch(DoubleEncoding::isWestern) ? meant : null;
    }

    private static boolean isWestern(int c) {
        return (c >= 0xA0 && c <= 0x17F) || (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2122;
    }

    /**
     * Most programs read bytes that Windows-1252 leaves undefined as control characters, so those are in the map, too.
     */
    private static Map<Character, Byte> windows1252() {
        var charset = Charset.forName("windows-1252");
        var bytes = new HashMap<Character, Byte>();
        for (int b = 0x80; b <= 0xFF; b++) {
            bytes.put((char) b, (byte) b);
            var read = new String(new byte[] {(byte) b}, charset).charAt(0);
            if (read != '\uFFFD') {
                bytes.put(read, (byte) b);
            }
        }
        return Map.copyOf(bytes);
    }
}
