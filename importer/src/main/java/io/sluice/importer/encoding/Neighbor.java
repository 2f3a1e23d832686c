package io.sluice.importer.encoding;

import java.text.Normalizer;

/**
 * A character beside the one that is judged.
 *
 * @param c the character; a line break before the first and behind the last one of a file
 * @param index its place in {@link Letters}
 * @param isCounted whether it is a letter outside ASCII, which is judged itself
 */
record Neighbor(char c, int index, boolean isCounted) {
    private static final int NO_LETTER = 26;
    private static final int GREEK = NO_LETTER + 1;
    private static final int CYRILLIC = GREEK + 0x3CF - 0x3AC;
    /** Number of places for neighbors. */
    static final int COUNT = CYRILLIC + 0x492 - 0x430;

    static Neighbor of(char c) {
        return new Neighbor(c, indexOf(c), c >= 0x80 && Character.isLetter(c));
    }

    boolean isLetter() {
        return Character.isLetter(c);
    }

    boolean isDigit() {
        return c >= '0' && c <= '9';
    }

    boolean isAsciiLetter() {
        return c < 0x80 && Character.isLetter(c);
    }

    boolean isUpper() {
        return Character.isUpperCase(c);
    }

    boolean isLower() {
        return Character.isLowerCase(c);
    }

    /** {@return the place of a character: that of its base letter, whatever its case and accents} */
    static int indexOf(char c) {
        var lower = Character.toLowerCase(c);
        if (lower < 0x80) {
            return lower >= 'a' && lower <= 'z' ? lower - 'a' : NO_LETTER;
        }
        if (lower >= 0x3AC && lower < 0x3CF) {
            return GREEK + lower - 0x3AC;
        }
        if (lower >= 0x430 && lower < 0x492) {
            return CYRILLIC + lower - 0x430;
        }
        if (lower > 0x24F) {
            return NO_LETTER;
        }
        var base = switch (lower) {
            case 'ø', 'œ' -> 'o';
            case 'ł' -> 'l';
            case 'ß' -> 's';
            case 'æ' -> 'a';
            case 'đ', 'ð' -> 'd';
            case 'þ' -> 't';
            case 'ı' -> 'i';
            default ->
                Normalizer.normalize(String.valueOf(lower), Normalizer.Form.NFD).charAt(0);
        };
        return base >= 'a' && base <= 'z' ? base - 'a' : NO_LETTER;
    }
}
