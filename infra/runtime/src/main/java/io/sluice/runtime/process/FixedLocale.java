package io.sluice.runtime.process;

import java.util.Locale;

/**
 * The locale of every process of Sluice, whatever the machine's is. Sluice and its libraries compare words and write
 * numbers; in Turkish, for example, the small letter of {@code I} is not {@code i}, and Kafka does not start.
 */
public final class FixedLocale {
    private FixedLocale() {}

    /** Sets the locale of this JVM. Each main method calls it first. */
    public static void set() {
        Locale.setDefault(Locale.ENGLISH);
    }
}
