package io.sluice.runtime.process;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.naming.NameUtils;
import java.net.BindException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the exception that stopped a start to one sentence that says what to do. The framework's exceptions around it
 * become the cause.
 */
final class StartErrors {
    private static final Pattern SETTING = Pattern.compile("^([a-z][a-z0-9]*(?:[.-][a-z0-9]+)+) must ");

    /** A constraint on a setting that its value violates, as Micronaut writes it. */
    private static final Pattern VIOLATION =
            Pattern.compile("\\b(io\\.sluice\\.[\\w.$]+)\\.(\\w+) - (must [^\\]\\n]+)");

    private StartErrors() {}

    static RuntimeException explain(RuntimeException thrown, String service, String portSetting, List<OldSetting> old) {
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
        var violation = violation(innermost.getMessage());
        if (violation.isPresent()) {
            return new IllegalStateException(named(violation.get(), old), thrown);
        }
        var isWrapped = thrown.getClass().getName().startsWith("io.micronaut.");
        return !isWrapped || innermost.getMessage() == null
                ? thrown
                : new IllegalStateException(
                        naming(innermost.getMessage()) + origin(innermost.getMessage(), old), thrown);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown.getClass().getName().startsWith("io.sluice.");
    }

    /** {@return the constraint of a setting that this message is about} */
    private static Optional<String> violation(@Nullable String message) {
        var found = VIOLATION.matcher(String.valueOf(message));
        return found.find()
                ? prefix(found.group(1))
                        .map(prefix -> "%s.%s %s"
                                .formatted(
                                        prefix,
                                        NameUtils.hyphenate(found.group(2)),
                                        found.group(3).strip()))
                : Optional.empty();
    }

    private static Optional<String> prefix(String config) {
        try {
            return Optional.ofNullable(Class.forName(config).getAnnotation(ConfigurationProperties.class))
                    .map(ConfigurationProperties::value);
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Adds the environment variable to a message that begins with a setting, and old variables that set it. */
    private static String named(String message, List<OldSetting> old) {
        return naming(message) + origin(message, old);
    }

    /** Adds the environment variable to a message that begins with a setting. */
    private static String naming(String message) {
        return SETTING.matcher(message)
                .replaceFirst(found -> found.group(1) + " (" + variable(found.group(1)) + ") must ");
    }

    /** {@return the old variables that set the setting that the message begins with} */
    private static String origin(String message, List<OldSetting> old) {
        return old.stream()
                .filter(setting -> message.startsWith(setting.setting() + " "))
                .map(setting -> " (set by %s)".formatted(setting.names()))
                .findFirst()
                .orElse("");
    }

    /** {@return the environment variable of this setting} */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
