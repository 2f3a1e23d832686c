package io.sluice.indexer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What can be set about the indexer alone.
 *
 * @param batchSize how many products are written at a time; more means fewer, longer transactions
 */
@ConfigurationProperties("sluice.indexer")
public record IndexerConfig(@Bindable(defaultValue = "128") int batchSize) {
    private static final int MAX_BATCH = 5_000;

    public IndexerConfig {
        if (batchSize < 1 || batchSize > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "sluice.indexer.batch-size must be between 1 and " + MAX_BATCH + ", is " + batchSize);
        }
    }
}
