package io.sluice.web.value;

import io.sluice.schemas.event.InvalidEventException;

/** Checks that UTF-8 can encode a text. */
public final class Text {
    private Text() {}

    /**
     * {@return the text, unchanged}
     *
     * @throws InvalidEventException when it contains half a surrogate pair, which UTF-8 cannot encode
     */
    public static String wellFormed(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new InvalidEventException(field, "must be valid Unicode, contains half a surrogate pair");
            }
        }
        return text;
    }
}
