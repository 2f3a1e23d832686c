package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.StackConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresConnectionsTest {
    @Test
    void areThoseOfPostgresByDefault() {
        assertThat(connections(Map.of())).isEqualTo(100);
        assertThat(connections(Map.of("DATABASE_POOL_SIZE", "10"))).isEqualTo(100);
        assertThat(connections(Map.of("DATABASE_POOL_SIZE", "2"))).isEqualTo(100);
    }

    @Test
    void growWithThePoolsOfTheServices() {
        assertThat(connections(Map.of("DATABASE_POOL_SIZE", "50"))).isEqualTo(5 * (50 + 5) + 20);
        assertThat(connections(Map.of("DB_POOL_SIZE", "20", "DB_MAX_OVERFLOW", "50")))
                .isEqualTo(5 * (70 + 5) + 20);
    }

    @Test
    void areNotFewerForASizeThatTheServicesRefuse() {
        assertThat(connections(Map.of("DATABASE_POOL_SIZE", "many"))).isEqualTo(100);
        assertThat(connections(Map.of("DATABASE_POOL_SIZE", "999999999"))).isEqualTo(5 * (1000 + 5) + 20);
        assertThatThrownBy(() -> connections(Map.of("DB_MAX_OVERFLOW", "many")))
                .hasMessageContaining("DB_MAX_OVERFLOW");
    }

    private static int connections(Map<String, String> environment) {
        return PostgresConnections.enoughFor(environment, StackConfig.onFreePorts(Path.of("x")))
                .postgresConnections();
    }
}
