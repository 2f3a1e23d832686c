package io.sluice.stores.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.product.Embedding;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Postgres cache does beyond the contract of all caches. */
class PostgresEmbeddingCacheIT {
    private static final EmbeddingCache.Key TEXT = new EmbeddingCache.Key("a1".repeat(32), "builtin", "text");
    private static final EmbeddingCache.Key IMAGE = new EmbeddingCache.Key("a1".repeat(32), "builtin", "image");
    private static final EmbeddingCache.Key OTHER_MODEL = new EmbeddingCache.Key("a1".repeat(32), "clip", "text");

    @Test
    void keepsEmbeddingsAcrossRestarts() {
        var config = PostgresConfig.of(TestStack.postgres().url());
        var vector = Embedding.of(1, -0.5f, Float.MIN_VALUE);
        try (var postgres = new Postgres(config, 2)) {
            new PostgresEmbeddingCache(postgres, Clock.systemUTC()).keep(Map.of(TEXT, vector, IMAGE, Embedding.of(2)));
        }
        try (var postgres = new Postgres(config, 2)) {
            var cache = new PostgresEmbeddingCache(postgres, Clock.systemUTC());

            assertThat(cache.find(List.of(TEXT, TEXT, OTHER_MODEL))).isEqualTo(Map.of(TEXT, vector));
            assertThat(cache.find(List.of())).isEmpty();
        }
    }

    @Test
    void findsNothingAndDoesNotWaitWhilePostgresIsDown() throws Exception {
        // a port that takes connections and never answers is worse than one that refuses
        try (var mute = new ServerSocket(0)) {
            var url = "jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/sluice";
            var config =
                    new PostgresConfig(url, null, null, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ZERO);
            try (var postgres = new Postgres(config, 2)) {
                var cache = new PostgresEmbeddingCache(postgres, Clock.systemUTC());
                assertThat(cache.find(List.of(TEXT))).isEmpty();

                var start = System.nanoTime();
                for (var i = 0; i < 100; i++) {
                    assertThat(cache.find(List.of(TEXT))).isEmpty();
                    cache.keep(Map.of(TEXT, Embedding.of(1)));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }
}
