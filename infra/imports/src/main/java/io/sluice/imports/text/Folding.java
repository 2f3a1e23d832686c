package io.sluice.imports.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.stream.Collectors;

/** Removes differences between texts that mean the same: case, accents, ligatures, white space. */
public final class Folding {
    private static final String APOSTROPHES = "'’‘ʼ`´";

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
     * Returns a header in the form in which it is compared: folded, without spaces, underscores, hyphens and
     * apostrophes. Office programs replace the apostrophe of the keyboard by another character.
     */
    public static String header(String text) {
        var folded = fold(text);
        var compared = new StringBuilder(folded.length());
        folded.codePoints()
                .filter(c -> c != '_' && !isHyphen(c) && !isSpace(c) && APOSTROPHES.indexOf(c) < 0)
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
