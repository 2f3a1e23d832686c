package io.sluice.local;

import io.sluice.runtime.process.RenamedSettings;
import io.sluice.stack.StackConfig;
import io.sluice.stores.postgres.PoolConfig;
import java.util.Map;

/** How many connections the Postgres of the local stack must accept. */
public final class PostgresConnections {
    /** For operators, migrations at start, and those that Postgres keeps for itself. */
    private static final int SPARE = 20;

    private PostgresConnections() {}

    /**
     * Returns the stack's configuration with enough connections for one service of each kind. The size of their pools
     * is in the environment.
     *
     * @throws IllegalStateException when an old variable of that size is not valid; the message names it
     */
    public static StackConfig enoughFor(Map<String, String> environment, StackConfig config) {
        var services = Service.values().length;
        return config.withPostgresConnections(
                services * PoolConfig.connectionsOfService(poolSize(environment)) + SPARE);
    }

    /** {@return the size that the services will use; for one that is no number, the services say so when they start} */
    private static int poolSize(Map<String, String> environment) {
        return RenamedSettings.find(environment, "database.pool.size")
                .map(String::strip)
                .filter(size -> size.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(PoolConfig.DEFAULT_SIZE);
    }
}
