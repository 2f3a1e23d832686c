package io.sluice.web.value;

import io.sluice.schemas.event.InvalidEventException;

/** Checks that Kafka, Postgres and Qdrant can store a text. */
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

    /**
     * {@return the text, unchanged}
     *
     * @throws InvalidEventException as {@link #wellFormed}, or when it contains the NUL character, which Postgres
     *     cannot store
     */
    public static String keepable(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidEventException(field, "must not contain the NUL character");
        }
        return wellFormed(field, text);
    }
}
