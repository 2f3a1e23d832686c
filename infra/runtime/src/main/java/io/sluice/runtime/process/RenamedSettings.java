package io.sluice.runtime.process;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings that have a new name. Their old environment variables still work, and a log line at start names the new one.
 * When both are set, the new one wins.
 */
public final class RenamedSettings {
    private static final Logger LOG = LoggerFactory.getLogger(RenamedSettings.class);

    /** The setting of each old environment variable. */
    private static final Map<String, String> SETTINGS = Map.of(
            "DB_POOL_SIZE", "database.pool.size",
            "SLUICE_IMPORTER_MAX_COLUMNS", "sluice.import.max-columns",
            "SLUICE_IMPORTER_MAX_INFLATED", "sluice.import.max-inflated",
            "SLUICE_IMPORTS_AT_ONCE", "sluice.import.uploads.at-once",
            "SLUICE_IMPORTS_PATIENCE", "sluice.import.uploads.patience",
            "SLUICE_IMPORTS_PER_MINUTE", "sluice.import.uploads.per-minute");

    /**
     * The old variables that this process has already warned about. {@code up} starts many services in one process and
     * must warn only once.
     */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private RenamedSettings() {}

    /** {@return the new environment variable of each old one} */
    public static SortedMap<String, String> newVariables() {
        var variables = new TreeMap<String, String>();
        SETTINGS.forEach((old, setting) -> variables.put(old, StartErrors.variable(setting)));
        return variables;
    }

    /** Returns the settings that old variables of this environment set, and logs a line for each. */
    static Map<String, Object> setIn(Map<String, String> environment) {
        var settings = new TreeMap<String, Object>();
        newVariables().forEach((old, renamed) -> {
            var value = environment.get(old);
            if (value == null) {
                return;
            }
            settings.put(SETTINGS.get(old), value);
            if (WARNED.add(old)) {
                LOG.warn(
                        environment.containsKey(renamed)
                                ? "{} is ignored, because its new name {} is set too"
                                : "{} is called {} now. The old name goes on working",
                        old,
                        renamed);
            }
        });
        return settings;
    }
}
