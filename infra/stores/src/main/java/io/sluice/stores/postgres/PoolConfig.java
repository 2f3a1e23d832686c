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
    /** The size when nothing is set. */
    public static final int DEFAULT_SIZE = 10;

    private static final int MAX_SIZE = 1_000;
    /** Beside the pool: the pool of callers that can do without an answer, and a connection that listens. */
    private static final int OTHERS = PostgresBeans.CACHE_POOL + 1;

    public PoolConfig {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "database.pool.size (DATABASE_POOL_SIZE) must be between 1 and " + MAX_SIZE + ", is " + size);
        }
    }

    /** {@return how many connections one service has at most, when its pool has this size} */
    public static int connectionsOfService(int size) {
        return Math.clamp(size, 1, MAX_SIZE) + OTHERS;
    }
}
