package io.sluice.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Environment variables of earlier versions and of the photo app that Sluice replaces. They still work. A log line at
 * start says what each became. When the new variable is set too, it wins.
 */
public final class RenamedSettings {
    private static final Logger LOG = LoggerFactory.getLogger(RenamedSettings.class);

    private static final String POOL_SIZE = "DB_POOL_SIZE";
    private static final String POOL_OVERFLOW = "DB_MAX_OVERFLOW";
    private static final String POOL_SETTING = "database.pool.size";
    /** The photo app's own default. */
    private static final int DEFAULT_POOL_SIZE = 20;

    private static final String SAME_NAME = "it has the same name";
    private static final int MOST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /** The setting of each old environment variable. */
    private static final Map<String, String> SETTINGS = Map.of(
            POOL_SIZE,
            POOL_SETTING,
            "PHOTO_QUEUE_WORKERS",
            "embedder.photos.at-once",
            "SLUICE_IMPORTER_MAX_COLUMNS",
            "sluice.import.max-columns",
            "SLUICE_IMPORTER_MAX_INFLATED",
            "sluice.import.max-inflated",
            "SLUICE_IMPORTS_AT_ONCE",
            "sluice.import.uploads.at-once",
            "SLUICE_IMPORTS_PATIENCE",
            "sluice.import.uploads.patience",
            "SLUICE_IMPORTS_PER_MINUTE",
            "sluice.import.uploads.per-minute");

    /**
     * What this process has already logged. {@code up} starts many services in one process and must log each line only
     * once.
     */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private RenamedSettings() {}

    /** {@return what each old environment variable sets, in Markdown} */
    public static SortedMap<String, String> meanings() {
        var meanings = new TreeMap<String, String>();
        SETTINGS.forEach((old, setting) -> meanings.put(old, "`" + StartErrors.variable(setting) + "`"));
        meanings.put(
                POOL_OVERFLOW,
                "added to `%s`; without that one, to %d. The sum is `%s`"
                        .formatted(POOL_SIZE, DEFAULT_POOL_SIZE, StartErrors.variable(POOL_SETTING)));
        meanings.put("PHOTO_QUEUE_MAX_SIZE", SAME_NAME);
        meanings.put("AWS_CONCURRENT_REQUESTS", SAME_NAME);
        return meanings;
    }

    /**
     * Returns what the environment sets a setting to, by its new variable or an old one.
     *
     * @throws IllegalStateException when an old variable is not valid; the message names it
     */
    public static Optional<String> find(Map<String, String> environment, String setting) {
        return Optional.ofNullable(environment.get(StartErrors.variable(setting)))
                .or(() -> in(environment).stream()
                        .filter(old -> old.setting().equals(setting))
                        .map(OldSetting::value)
                        .findFirst());
    }

    /**
     * Returns the settings that old variables of this environment set, and logs a line for each.
     *
     * @throws IllegalStateException when an old variable is not valid; the message names it
     */
    static List<OldSetting> setIn(Map<String, String> environment) {
        var found = in(environment);
        found.forEach(old -> warnOnce(old.sentence(environment)));
        return found;
    }

    private static List<OldSetting> in(Map<String, String> environment) {
        var overflow = number(environment, POOL_OVERFLOW, 0);
        var found = new ArrayList<OldSetting>();
        SETTINGS.forEach((old, setting) -> {
            var value = environment.getOrDefault(old, "");
            if (!value.isBlank() && (overflow.isEmpty() || !old.equals(POOL_SIZE))) {
                found.add(new OldSetting(new TreeMap<>(Map.of(old, value)), setting, value));
            }
        });
        overflow.ifPresent(connections -> found.add(pool(environment, connections)));
        return found;
    }

    /** The photo app opened connections above the size of its pool while all others were in use. */
    private static OldSetting pool(Map<String, String> environment, int overflow) {
        var variables = new TreeMap<>(Map.of(POOL_OVERFLOW, String.valueOf(overflow)));
        var size = number(environment, POOL_SIZE, 1);
        size.ifPresent(given -> variables.put(POOL_SIZE, String.valueOf(given)));
        return new OldSetting(variables, POOL_SETTING, String.valueOf(size.orElse(DEFAULT_POOL_SIZE) + overflow));
    }

    private static Optional<Integer> number(Map<String, String> environment, String variable, int least) {
        var value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (NUMBER.matcher(value).matches()) {
            var number = Integer.parseInt(value);
            if (number >= least && number <= MOST) {
                return Optional.of(number);
            }
        }
        throw new IllegalStateException(
                "%s must be a whole number from %d to %d, is '%s'".formatted(variable, least, MOST, value));
    }

    private static void warnOnce(String line) {
        if (LOGGED.add(line)) {
            LOG.warn(line);
        }
    }
}
