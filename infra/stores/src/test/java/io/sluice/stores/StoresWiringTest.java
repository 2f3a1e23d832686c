package io.sluice.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micronaut.context.ApplicationContext;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Config;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.qdrant.QdrantConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoresWiringTest {
    /** No server listens at these addresses. */
    private static final Map<String, Object> NOWHERE = Map.of(
            "database.url", "jdbc:postgresql://127.0.0.1:1/sluice",
            "s3.endpoint", "http://127.0.0.1:1",
            "qdrant.url", "http://127.0.0.1:1");

    @Test
    void everyStoreIsABeanThatDoesNotConnectBeforeItIsUsed() {
        try (var context = start(NOWHERE)) {
            assertThat(context.getBean(ProductLedger.class).name()).isEqualTo("postgres");
            assertThat(context.getBean(ObjectStore.class).name()).isEqualTo("s3");
            assertThat(context.getBean(VectorStore.class).name()).isEqualTo("qdrant");
            assertThat(context.getBean(EmbeddingCache.class)).isNotNull();
        }
    }

    @Test
    void aProbeFailsWhenNoServerIsThere() {
        try (var context = start(NOWHERE)) {
            for (var store : List.of(ProductLedger.class, ObjectStore.class, VectorStore.class)) {
                var start = System.nanoTime();
                assertThatThrownBy(() -> context.getBean(store).probe())
                        .satisfies(thrown -> assertThat(StoreErrors.table().translate(thrown))
                                .isPresent());
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as(store.getSimpleName())
                        .isLessThan(Duration.ofSeconds(15));
            }
        }
    }

    @Test
    void defaultsFitTheLocalStack() {
        try (var context = start(Map.of())) {
            assertThat(context.getBean(PostgresConfig.class))
                    .isEqualTo(PostgresConfig.of("jdbc:postgresql://127.0.0.1:5433/sluice"));
            assertThat(context.getBean(QdrantConfig.class)).isEqualTo(QdrantConfig.of("http://127.0.0.1:6334"));
            assertThat(context.getBean(S3Config.class))
                    .isEqualTo(new S3Config(
                            null, "sluice", null, null, null, Duration.ofSeconds(10), Duration.ofSeconds(30)));
        }
    }

    @Test
    void readsItsSettings() {
        var properties = Map.<String, Object>of(
                "database.user", "ann",
                "database.password", "secret",
                "s3.endpoint", "http://127.0.0.1:9000",
                "s3.access-key-id", "id",
                "s3.secret-access-key", "key",
                "qdrant.url", "https://qdrant.example",
                "qdrant.api-key", "key",
                "qdrant.timeout", "3s");
        try (var context = start(properties)) {
            assertThat(context.getBean(PostgresConfig.class).user()).isEqualTo("ann");
            assertThat(context.getBean(S3Config.class).endpoint()).isEqualTo("http://127.0.0.1:9000");
            assertThat(context.getBean(S3Config.class).secretAccessKey()).isEqualTo("key");
            assertThat(context.getBean(QdrantConfig.class).apiKey()).isEqualTo("key");
            assertThat(context.getBean(QdrantConfig.class).timeout()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void anInvalidSettingStopsTheStartAndIsNamed() {
        assertStopped("database.url", "mysql://db", "DATABASE_URL");
        assertStopped("database.pool.size", "0", "DATABASE_POOL_SIZE");
        assertStopped("qdrant.url", "127.0.0.1:6334", "QDRANT_URL");
        assertStopped("s3.endpoint", "127.0.0.1:9000", "S3_ENDPOINT");
        assertStopped("qdrant.timeout", "soon", "qdrant.timeout");
        assertStopped("database.pool.size", "many", "database.pool.size");
        assertStopped("sluice.partitions", "many", "sluice.partitions");
        assertStopped("s3.bucket", " ", "S3_BUCKET");
        assertStopped("s3.access-key-id", "id", "S3_SECRET_ACCESS_KEY");
    }

    private static void assertStopped(String key, String value, String named) {
        var properties = new HashMap<>(NOWHERE);
        properties.put(key, value);
        assertThat(catchThrowable(() -> start(properties).close()))
                .as(key)
                .isNotNull()
                .hasStackTraceContaining(named);
    }

    private static ApplicationContext start(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .properties(properties)
                .properties(Map.of("kafka.bootstrap.servers", "127.0.0.1:1"))
                .environmentPropertySource(false)
                .eagerInitSingletons(true)
                .banner(false)
                .start();
    }
}
