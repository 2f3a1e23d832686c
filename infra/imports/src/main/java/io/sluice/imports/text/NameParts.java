package io.sluice.imports.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a name into what tells it apart from other names: its words and its symbols. Case, accents and ligatures of
 * Latin and Greek letters, spaces, hyphens, underscores, apostrophes, brackets, quotation marks and the punctuation of
 * sentences between words tell no names apart. Every other character does, and so does that punctuation where it is
 * more than a pause: {@code 2.0}, {@code 1/2}, {@code H/F}, {@code .NET}, {@code A-}.
 */
final class NameParts {
    private static final String LIGHT = ",;:./·•";
    private static final String MARKS_AT_THE_END = ":/";
    /** A character that is not in any name. */
    private static final int EDGE = -1;

    private final int[] name;
    private final List<String> parts = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    private NameParts(int[] name) {
        this.name = name;
    }

    /** {@return the words and symbols, each in its one form; empty when the name is blank} */
    static List<String> of(String name) {
        var split = new NameParts(Folding.compared(name));
        split.run();
        return split.parts.isEmpty() ? split.onlyPunctuation() : split.parts;
    }

    /** Returns a name that has only punctuation as one symbol. */
    private List<String> onlyPunctuation() {
        var symbol = new StringBuilder();
        for (var c : name) {
            if (!Folding.isSpace(c)) {
                symbol.appendCodePoint(c);
            }
        }
        return symbol.isEmpty() ? List.of() : List.of(symbol.toString());
    }

    private void run() {
        for (var i = 0; i < name.length; i++) {
            if (isWord(name[i])) {
                word.appendCodePoint(name[i]);
            } else {
                endWord();
                if (!separates(i)) {
                    parts.add(Character.toString(name[i]));
                }
            }
        }
        endWord();
    }

    private void endWord() {
        if (!word.isEmpty()) {
            parts.add(word.toString());
            word.setLength(0);
        }
    }

    private boolean separates(int i) {
        var c = name[i];
        if (Folding.isSpace(c)) {
            return true;
        }
        if (Folding.isApostrophe(c) || c == '"') {
            return !isDigit(at(i - 1));
        }
        if (LIGHT.indexOf(c) >= 0) {
            return isPause(i);
        }
        return switch (Character.getType(c)) {
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> true;
            case Character.DASH_PUNCTUATION, Character.CONNECTOR_PUNCTUATION -> isHyphen(i);
            default -> false;
        };
    }

    /** A run of hyphens that follows the last word or precedes the first one is a sign. */
    private boolean isHyphen(int i) {
        var from = i;
        while (isDash(at(from - 1))) {
            from--;
        }
        var to = i + 1;
        while (isDash(at(to))) {
            to++;
        }
        var before = at(from - 1);
        var after = at(to);
        return !(before == EDGE && isWord(after)) && !(after == EDGE && isWord(before));
    }

    private static boolean isDash(int c) {
        return c != EDGE
                && (Character.getType(c) == Character.DASH_PUNCTUATION
                        || Character.getType(c) == Character.CONNECTOR_PUNCTUATION);
    }

    private boolean isPause(int i) {
        var before = at(i - 1);
        var after = at(i + 1);
        var isBetweenDigits = isDigit(before) && isDigit(after);
        var isBeforeWord = isWord(after) && (before == EDGE || Folding.isSpace(before));
        var isMarkAtTheEnd = after == EDGE && MARKS_AT_THE_END.indexOf(name[i]) >= 0;
        var isBesideLetter =
                name[i] == '/' && ((isWord(before) && !isWord(at(i - 2))) || (isWord(after) && !isWord(at(i + 2))));
        return !isBetweenDigits && !isBeforeWord && !isMarkAtTheEnd && !isBesideLetter;
    }

    private int at(int i) {
        return i >= 0 && i < name.length ? name[i] : EDGE;
    }

    private static boolean isDigit(int c) {
        return c != EDGE && Character.isDigit(c);
    }

    /** Numbers such as ½ and ² are symbols, or 10² would be 102. */
    private static boolean isWord(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.LETTER_NUMBER;
        };
    }
}
