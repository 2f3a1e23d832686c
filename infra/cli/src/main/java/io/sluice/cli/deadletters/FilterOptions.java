package io.sluice.cli.deadletters;

import io.sluice.client.deadletters.DeadLetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that choose letters of a topic. */
final class FilterOptions {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--code", paramLabel = "CODE", description = "only letters with this failure code")
    private @Nullable String code;

    @Option(names = "--key", paramLabel = "KEY", description = "only letters with this key, as the list shows it")
    private @Nullable String key;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only letters that failed since then: 30m, 2h, 7d, 2026-11-27 or 2026-11-27T21:00:00Z")
    private @Nullable String since;

    /** {@return whether no option was given, so that all letters are meant} */
    boolean isEmpty() {
        return Stream.of(code, key, since).allMatch(Objects::isNull);
    }

    /** {@return the filter} */
    DeadLetterFilter filter() {
        return new DeadLetterFilter(
                Objects.requireNonNullElse(code, ""),
                Objects.requireNonNullElse(key, ""),
                since == null ? "" : time(since, Instant.now()).toString());
    }

    private Instant time(String text, Instant now) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--since is a time such as 30m, 2h, 7d, 2026-11-27 or 2026-11-27T21:00:00Z, and not '%s'"
                            .formatted(text));
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
