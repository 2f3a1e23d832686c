package io.sluice.stores.postgres;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The pool of connections to Postgres.
 *
 * @param size how many connections a service may have open at a time
 */
@ConfigurationProperties("database.pool")
public record PoolConfig(@Bindable(defaultValue = "10") int size) {
    private static final int MAX_SIZE = 1_000;

    public PoolConfig {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "database.pool.size (DATABASE_POOL_SIZE) must be between 1 and " + MAX_SIZE + ", is " + size);
        }
    }
}
