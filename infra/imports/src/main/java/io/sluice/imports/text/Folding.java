package io.sluice.imports.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.stream.Collectors;

/** Removes differences between texts that mean the same: case, accents, ligatures, white space. */
public final class Folding {
    private static final String APOSTROPHES = "'’‘ʼ`´";
    /** Letters of Hangul that have no ink, and the combining grapheme joiner. */
    private static final String FILLERS = "\u115F\u1160\u3164\uFFA0\u034F";

    private static final char BLANK_OF_BRAILLE = '\u2800';

    private static final int LAST_GREEK = 0x3FF;

    private Folding() {}

    /** {@return the text in lower case, without accents, with two letters for a ligature} */
    public static String fold(String text) {
        var decomposed = isAscii(text) ? text : Normalizer.normalize(text, Form.NFKD);
        var folded = new StringBuilder(decomposed.length() + 4);
        decomposed
                .codePoints()
                .filter(Folding::isNoMark)
                .map(Character::toLowerCase)
                .forEach(c -> append(folded, c));
        return folded.toString();
    }

    /**
     * Returns the characters of a name in the form in which names are compared: folded, but with the marks of scripts
     * in which a mark makes another letter, and with numbers such as ½ and ² as they are. Characters that cannot be seen
     * are left out.
     */
    static int[] compared(String name) {
        if (isAscii(name)) {
            return name.chars().map(Character::toLowerCase).toArray();
        }
        var compared = new StringBuilder(name.length() + 4);
        var base = 0;
        for (var c : KeyText.normalized(name).codePoints().toArray()) {
            var parts = Character.getType(c) == Character.OTHER_NUMBER
                    ? Character.toString(c)
                    : Normalizer.normalize(Character.toString(c), Form.NFKD);
            for (var part : parts.codePoints().toArray()) {
                var isMark = !isNoMark(part);
                if (!isMark) {
                    base = part;
                }
                if (!isMark || (base > LAST_GREEK && !(base >= 0x1E00 && base <= 0x1FFF) && !isVariant(part))) {
                    append(compared, part == 'ς' ? 'σ' : Character.toLowerCase(part));
                }
            }
        }
        return compared.codePoints().toArray();
    }

    /**
     * Returns a header in the form in which it is compared: folded, without spaces, underscores, hyphens and
     * apostrophes. Office programs replace the apostrophe of the keyboard by another character.
     */
    public static String header(String text) {
        var folded = fold(text);
        var compared = new StringBuilder(folded.length());
        folded.codePoints()
                .filter(c -> c != '_' && !isHyphen(c) && !isSpace(c) && !isApostrophe(c))
                .forEach(compared::appendCodePoint);
        return compared.toString();
    }

    /** {@return the text in one line, without characters that a database refuses} */
    public static String oneLine(String text) {
        return text.codePoints()
                .map(c -> isSpace(c) ? ' ' : c)
                .filter(c -> c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip()
                .replaceAll(" +", " ");
    }

    /** {@return the text without the white space around it, of whatever kind} */
    public static String strip(String text) {
        if (text.isEmpty() || (isInk(text.charAt(0)) && isInk(text.charAt(text.length() - 1)))) {
            return text; // as most values
        }
        var from = 0;
        var to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** {@return the text without any white space, of whatever kind} */
    public static String withoutSpaces(String text) {
        var written = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                written.append(text.charAt(i));
            }
        }
        return written.toString();
    }

    /**
     * {@return whether the character is invisible: white space, a no-break space, a byte-order mark, a zero-width
     * space}
     */
    public static boolean isSpace(int c) {
        if (c < 0x80) {
            return c <= ' ' && c != 0;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0x200B || c == 0xFEFF;
    }

    /** {@return whether nothing of the text can be seen} */
    public static boolean isBlank(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isInk(c)) {
                return false;
            }
            if (!isSpace(c) && Character.getType(c) != Character.FORMAT && !isFiller(c) && c != BLANK_OF_BRAILLE) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the character is a letter or sign of ASCII} */
    private static boolean isInk(char c) {
        return c > ' ' && c < 0x80;
    }

    /** {@return whether the character is a letter or sign without ink} */
    static boolean isFiller(int c) {
        return FILLERS.indexOf(c) >= 0;
    }

    static boolean isApostrophe(int c) {
        return APOSTROPHES.indexOf(c) >= 0;
    }

    /** {@return whether the character only chooses between two drawings of the one before it} */
    private static boolean isVariant(int c) {
        return c >= 0xFE00 && c <= 0xFE0F;
    }

    private static boolean isHyphen(int c) {
        return Character.getType(c) == Character.DASH_PUNCTUATION;
    }

    private static boolean isNoMark(int c) {
        return Character.getType(c) != Character.NON_SPACING_MARK;
    }

    private static void append(StringBuilder folded, int c) {
        switch (c) {
            case 'ß' -> folded.append("ss");
            case 'œ' -> folded.append("oe");
            case 'æ' -> folded.append("ae");
            case 'ø' -> folded.append('o');
            case 'đ', 'ð' -> folded.append('d');
            case 'ł' -> folded.append('l');
            case 'ı' -> folded.append('i');
            default -> folded.appendCodePoint(c);
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
