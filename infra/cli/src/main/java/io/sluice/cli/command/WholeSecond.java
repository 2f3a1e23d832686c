package io.sluice.cli.command;

import java.util.regex.Pattern;

/** A time as a person reads it. */
public final class WholeSecond {
    private static final Pattern FRACTION = Pattern.compile("\\.[0-9]+Z$");

    private WholeSecond() {}

    /** {@return this time in ISO-8601, to the second; a text that is no such time as it is} */
    public static String of(String instant) {
        return FRACTION.matcher(instant).replaceFirst("Z");
    }
}
