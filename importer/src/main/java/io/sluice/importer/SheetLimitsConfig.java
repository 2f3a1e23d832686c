package io.sluice.importer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.importer.sheet.FileLimits;

/**
 * The limits on one file, under {@code sluice.import}.
 *
 * @param maxColumns most columns that a file may have
 * @param maxInflated most bytes that are read out of a workbook, which is a compressed file
 */
@ConfigurationProperties("sluice.import")
public record SheetLimitsConfig(
        @Bindable(defaultValue = "500") int maxColumns,
        @Bindable(defaultValue = "209715200") long maxInflated) {
    private static final int MOST_COLUMNS = 16_384;
    private static final long MOST_INFLATED = 1L << 32;

    public SheetLimitsConfig {
        between("sluice.import.max-columns", maxColumns, MOST_COLUMNS);
        between("sluice.import.max-inflated", maxInflated, MOST_INFLATED);
    }

    /** {@return the limits on one file} */
    FileLimits limits() {
        return new FileLimits(maxColumns, maxInflated);
    }

    private static void between(String key, long value, long high) {
        if (value < 1 || value > high) {
            throw new IllegalArgumentException(key + " must be between 1 and " + high + ", is " + value);
        }
    }
}
