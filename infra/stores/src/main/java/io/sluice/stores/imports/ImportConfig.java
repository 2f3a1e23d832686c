package io.sluice.stores.imports;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What the services that have to do with imports agree on.
 *
 * @param kinds folder with kinds of imports of your own, each a file {@code <name>.yaml}; they win over those that come
 *     with Sluice
 * @param maxBytes largest file that is taken
 * @param maxRows most rows that a file may have, its header not counted
 */
@ConfigurationProperties("sluice.import")
public record ImportConfig(
        @Bindable(defaultValue = "") String kinds,
        @Bindable(defaultValue = "10485760") long maxBytes,
        @Bindable(defaultValue = "50000") int maxRows) {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_ROWS = 10_000_000;

    public ImportConfig {
        between("sluice.import.max-bytes", maxBytes, MOST_BYTES);
        between("sluice.import.max-rows", maxRows, MOST_ROWS);
    }

    /** {@return the settings of a deployment that sets none} */
    public static ImportConfig ofDefaults() {
        return new ImportConfig("", 10_485_760, 50_000);
    }

    private static void between(String key, long value, long high) {
        if (value < 1 || value > high) {
            throw new IllegalArgumentException(key + " must be between 1 and " + high + ", is " + value);
        }
    }
}
