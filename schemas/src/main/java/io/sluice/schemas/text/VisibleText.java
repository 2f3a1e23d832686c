package io.sluice.schemas.text;

import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.BENGALI;
import static java.lang.Character.UnicodeScript.DEVANAGARI;
import static java.lang.Character.UnicodeScript.GUJARATI;
import static java.lang.Character.UnicodeScript.GURMUKHI;
import static java.lang.Character.UnicodeScript.INHERITED;
import static java.lang.Character.UnicodeScript.KANNADA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.LAO;
import static java.lang.Character.UnicodeScript.MALAYALAM;
import static java.lang.Character.UnicodeScript.MONGOLIAN;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.NKO;
import static java.lang.Character.UnicodeScript.ORIYA;
import static java.lang.Character.UnicodeScript.SINHALA;
import static java.lang.Character.UnicodeScript.SYRIAC;
import static java.lang.Character.UnicodeScript.TAMIL;
import static java.lang.Character.UnicodeScript.TELUGU;
import static java.lang.Character.UnicodeScript.THAI;
import static java.lang.Character.UnicodeScript.TIBETAN;

import java.lang.Character.UnicodeScript;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes text from a record safe to show in a line. A record may have anything in it: escape sequences that change a
 * terminal, line breaks that pretend to be another line, characters that turn the direction of the text, characters
 * that have no width. Each of them is shown as an escape such as {@code \u001b}. The text of every language stays as
 * it is, also where it needs such a character: Persian needs U+200C, Khmer needs U+200B, a family of emoji needs U+200D.
 *
 * <p>The escapes are those of JSON. So JSON that is shown this way is still JSON with the same content. A backslash
 * stays one backslash, so the original of other text is not certain.
 */
public final class VisibleText {
    private static final Pattern LINE_BREAK = Pattern.compile("[ \\t]*(\\r?\\n[ \\t]*)+");
    private static final int NONE = -1;
    private static final int ARABIC_LETTER_MARK = 0x061C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LAST_OF_ASCII = 0x7F;

    /** Mongolian's vowel separator, the space without width, the non-joiner and the joiner. */
    private static final Set<Integer> JOINERS = Set.of(0x180E, 0x200B, 0x200C, ZERO_WIDTH_JOINER);

    private static final Set<Integer> MONGOLIAN_SELECTORS = Set.of(0x180B, 0x180C, 0x180D, 0x180F);

    /** Signs that have a shape, although Unicode counts them as formats of no script. */
    private static final Set<Integer> SIGNS = Set.of(0x0605, 0x06DD, 0x08E2);

    /** Letters and marks that are empty: the grapheme joiner, the Hangul fillers and two vowels of Khmer. */
    private static final Set<Integer> EMPTY = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0);

    /** Scripts that need characters without width between their letters. */
    private static final Set<UnicodeScript> NEED_JOINERS = Set.of(
            ARABIC,
            BENGALI,
            DEVANAGARI,
            GUJARATI,
            GURMUKHI,
            KANNADA,
            KHMER,
            LAO,
            MALAYALAM,
            MONGOLIAN,
            MYANMAR,
            NKO,
            ORIYA,
            SINHALA,
            SYRIAC,
            TAMIL,
            TELUGU,
            THAI,
            TIBETAN);

    private final StringBuilder shown;
    /** The last character that is shown. */
    private int last = NONE;
    /** The last character that is shown and is no mark on another one. */
    private int base = NONE;

    private VisibleText(int length) {
        this.shown = new StringBuilder(length);
    }

    /** {@return the text in one line, with each hidden character as an escape} */
    public static String of(String text) {
        var visible = new VisibleText(text.length());
        text.codePoints().forEach(visible::add);
        return visible.shown.length() == text.length() ? text : visible.shown.toString();
    }

    /**
     * Returns a message of a program or a library in one line. Its line breaks become blanks, as they are often its own;
     * other hidden characters are escapes.
     */
    public static String oneLine(String message) {
        return of(LINE_BREAK.matcher(message.strip()).replaceAll(" "));
    }

    /** {@return the text without its hidden characters} */
    public static String withoutHidden(String text) {
        var visible = new VisibleText(text.length());
        text.codePoints().forEach(point -> {
            if (!visible.isHidden(point)) {
                visible.show(point);
            }
        });
        return visible.shown.toString();
    }

    private void add(int point) {
        if (isHidden(point)) {
            for (var unit : Character.toChars(point)) {
                "\\u%04x".formatted((int) unit).chars().forEach(this::show);
            }
        } else {
            show(point);
        }
    }

    private void show(int point) {
        shown.appendCodePoint(point);
        last = point;
        if (point <= LAST_OF_ASCII || UnicodeScript.of(point) != INHERITED) {
            base = point;
        }
    }

    private boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> isJoiner(point) ? !joins(point) : !isSign(point);
            default -> isSelector(point) ? !selects() : EMPTY.contains(point);
        };
    }

    /** {@return whether a format character is a visible sign of a script} */
    private static boolean isSign(int point) {
        return switch (UnicodeScript.of(point)) {
            case COMMON, INHERITED -> SIGNS.contains(point);
            default -> point != ARABIC_LETTER_MARK;
        };
    }

    /** {@return whether a joiner is needed here, after a letter that may need one} */
    private boolean joins(int joiner) {
        if (base == NONE || isJoiner(last)) {
            return false;
        }
        return needsJoiners(base) || (joiner == ZERO_WIDTH_JOINER && Character.isEmoji(base) && base > LAST_OF_ASCII);
    }

    /** {@return whether the character before has several forms, and no selector yet} */
    private boolean selects() {
        if (base == NONE || isJoiner(last) || isSelector(last)) {
            return false;
        }
        return needsJoiners(base)
                || Character.isEmoji(base)
                || Character.isIdeographic(base)
                || Character.getType(base) == Character.MATH_SYMBOL;
    }

    private static boolean isJoiner(int point) {
        return JOINERS.contains(point);
    }

    /** {@return whether the character chooses the form of the character before it} */
    private static boolean isSelector(int point) {
        return MONGOLIAN_SELECTORS.contains(point)
                || isBetween(0xFE00, point, 0xFE0F)
                || isBetween(0xE0100, point, 0xE01EF);
    }

    private static boolean isBetween(int first, int point, int last) {
        return first <= point && point <= last;
    }

    private static boolean needsJoiners(int point) {
        return NEED_JOINERS.contains(UnicodeScript.of(point));
    }
}
