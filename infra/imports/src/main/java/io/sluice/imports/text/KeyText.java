package io.sluice.imports.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Writes a key so that keys that look alike are alike. Composes accents (NFC), makes an ordinary space of each run with
 * another white space, and an ordinary letter, digit or sign of its full-width form. Removes characters that cannot be
 * seen, such as soft hyphens, zero-width spaces and the marks of the direction of writing. A joiner stays where it is
 * between letters of a script that uses it, or parts of an emoji.
 */
public final class KeyText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LAST_LATIN = 0x2FF;

    private KeyText() {}

    /** {@return the key in its one form; NUL and halves of surrogate pairs stay, because they are refused} */
    public static String normalized(String key) {
        if (isPlain(key)) {
            return key;
        }
        var composed = Normalizer.normalize(key, Form.NFC);
        var written = new StringBuilder(composed.length());
        for (var i = 0; i < composed.length(); i += Character.charCount(composed.codePointAt(i))) {
            var c = composed.codePointAt(i);
            if (isInvisible(c)) {
                if (joins(composed, i, c)) {
                    written.appendCodePoint(c);
                }
            } else if (Folding.isSpace(c)) {
                appendSpace(written, c);
            } else {
                written.appendCodePoint(visible(c));
            }
        }
        return written.toString();
    }

    /** {@return whether the character takes no room and is not white space} */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> true;
            case Character.CONTROL -> c != 0 && !Folding.isSpace(c);
            default -> Folding.isFiller(c);
        };
    }

    private static boolean isPlain(String key) {
        for (var i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A run of ordinary spaces stays as long as it is. */
    private static void appendSpace(StringBuilder written, int c) {
        var follows = !written.isEmpty() && written.charAt(written.length() - 1) == ' ';
        if (c == ' ' || !follows) {
            written.append(' ');
        }
    }

    private static int visible(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return c - 0xFF01 + '!';
        }
        return c == 0x2010 || c == 0x2011 ? '-' : c;
    }

    private static boolean joins(String text, int at, int c) {
        return (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
                && at > 0
                && at + 1 < text.length()
                && text.codePointBefore(at) > LAST_LATIN
                && text.codePointAt(at + 1) > LAST_LATIN
                && !isInvisible(text.codePointAt(at + 1));
    }
}
