package io.sluice.stores.imports;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Settings that all services which handle imports share.
 *
 * @param kinds folder with your own kinds of imports, each in a file {@code <name>.yaml}; they take precedence over
 *     those that come with Sluice
 * @param maxBytes largest file that is accepted
 * @param maxRows most rows that a file may have, not counting its header
 */
@ConfigurationProperties("sluice.import")
public record ImportConfig(
        @Bindable(defaultValue = "") String kinds,
        @Bindable(defaultValue = "10485760") long maxBytes,
        @Bindable(defaultValue = "50000") int maxRows) {
    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_ROWS = 10_000_000;

    public ImportConfig {
        between("sluice.import.max-bytes", maxBytes, MAX_BYTES);
        between("sluice.import.max-rows", maxRows, MAX_ROWS);
    }

    /** {@return the default settings} */
    public static ImportConfig ofDefaults() {
        return new ImportConfig("", 10_485_760, 50_000);
    }

    private static void between(String key, long value, long high) {
        if (value < 1 || value > high) {
            throw new IllegalArgumentException(key + " must be between 1 and " + high + ", is " + value);
        }
    }
}
