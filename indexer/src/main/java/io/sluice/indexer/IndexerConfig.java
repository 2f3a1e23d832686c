package io.sluice.indexer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Settings of the indexer.
 *
 * @param batchSize how many products or photos are written at a time; more means fewer, longer transactions
 * @param rowBatchSize how many rows of imports are written at a time
 */
@ConfigurationProperties("sluice.indexer")
public record IndexerConfig(
        @Bindable(defaultValue = "128") int batchSize,
        @Bindable(defaultValue = "1000") int rowBatchSize) {
    private static final int MAX_BATCH = 5_000;

    public IndexerConfig {
        between("sluice.indexer.batch-size", batchSize);
        between("sluice.indexer.row-batch-size", rowBatchSize);
    }

    private static void between(String key, int value) {
        if (value < 1 || value > MAX_BATCH) {
            throw new IllegalArgumentException(key + " must be between 1 and " + MAX_BATCH + ", is " + value);
        }
    }
}
