package io.sluice.runtime.process;

import java.net.BindException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reduces the exception that stopped a start to one sentence that says what to do. The framework's exceptions around it
 * become the cause.
 */
final class StartErrors {
    private static final Pattern SETTING = Pattern.compile("^([a-z][a-z0-9]*(?:[.-][a-z0-9]+)+) must ");

    private StartErrors() {}

    static RuntimeException explain(RuntimeException thrown, String service, String portSetting) {
        Throwable innermost = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isOurs(cause) && cause.getMessage() != null) {
                return cause == thrown ? thrown : new IllegalStateException(cause.getMessage(), thrown);
            }
            if (cause instanceof BindException) {
                return new IllegalStateException(
                        "The %s's port is taken: stop the program that has it, or set %s"
                                .formatted(service, variable(portSetting)),
                        thrown);
            }
            innermost = cause;
        }
        var isWrapped = thrown.getClass().getName().startsWith("io.micronaut.");
        return !isWrapped || innermost.getMessage() == null
                ? thrown
                : new IllegalStateException(naming(innermost.getMessage()), thrown);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown.getClass().getName().startsWith("io.sluice.");
    }

    /** Adds the environment variable to a message that begins with a setting. */
    private static String naming(String message) {
        return SETTING.matcher(message)
                .replaceFirst(found -> found.group(1) + " (" + variable(found.group(1)) + ") must ");
    }

    /** {@return the environment variable of this setting} */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
