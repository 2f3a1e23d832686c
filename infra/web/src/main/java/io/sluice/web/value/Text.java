package io.sluice.web.value;

import io.sluice.schemas.event.InvalidEventException;

/** Text that every store behind us can keep. */
public final class Text {
    private Text() {}

    /**
     * {@return the text as it is}
     *
     * @throws InvalidEventException when it holds half a surrogate pair, which has no UTF-8 form
     */
    public static String wellFormed(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new InvalidEventException(field, "must be Unicode, has half a surrogate pair");
            }
        }
        return text;
    }

    /**
     * {@return the text as it is}
     *
     * @throws InvalidEventException as {@link #wellFormed}, or when it holds the NUL character, which Postgres cannot keep
     */
    public static String keepable(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidEventException(field, "must not contain the NUL character");
        }
        return wellFormed(field, text);
    }
}
