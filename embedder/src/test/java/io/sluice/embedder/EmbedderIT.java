package io.sluice.embedder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stack.LocalVectorStore;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedder with a real broker, object store and database. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka = TestStack.kafka();
    private final String prefix = kafka.freshPrefix();
    private final LocalVectorStore qdrant = LocalVectorStore.start(TestStack.newFolder("qdrant"));
    private final Map<String, Object> settings = settings();
    private final ApplicationContext embedder = Embedder.start(settings);

    @AfterAll
    void stop() {
        embedder.close();
        qdrant.close();
    }

    @Test
    void embedsProductsWithAndWithoutImages() {
        var plain = Samples.product("plain");
        var pictured = Samples.productWithImage("pictured", stored(Pngs.of(200)));

        send(plain, Map.of(Headers.JOB_ID, "job-1"));
        send(pictured, Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(vectors("builtin-1")).containsKeys("plain", "pictured"));
        var made = vectors("builtin-1");
        assertThat(made).hasEntrySatisfying("plain", vectors -> {
            assertThat(vectors.product()).isEqualTo(plain);
            assertThat(vectors.model()).isEqualTo("builtin");
            assertThat(vectors.vectors()).containsOnlyKeys("text");
        });
        assertThat(made).hasEntrySatisfying("pictured", vectors -> {
            assertThat(vectors.vectors()).containsOnlyKeys("text", "image");
            assertThat(vectors.dimensions()).isEqualTo(Map.of("text", 384, "image", 864));
        });
        var derived = kafka.read(prefix + "product-vectors.builtin-1.v1").stream()
                .filter(record -> key(record).equals("plain"))
                .findFirst()
                .orElseThrow();
        assertThat(TestKafka.headers(derived))
                .containsEntry(Headers.JOB_ID, "job-1")
                .containsKey(Headers.ENTITY_VERSION);
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(embedder.getBean(EmbedderConfig.class)).isEqualTo(EmbedderConfig.ofDefaults());
    }

    @Test
    void passesDeletionsOn() {
        kafka.write(prefix + "products.v1", "gone", null, Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kafka.read(prefix + "product-vectors.builtin-1.v1"))
                        .filteredOn(record -> key(record).equals("gone"))
                        .singleElement()
                        .satisfies(record -> {
                            assertThat(record.value()).isNull();
                            assertThat(TestKafka.headers(record)).containsKey(Headers.ENTITY_VERSION);
                        }));
    }

    @Test
    void sendsOnlyTheProductWithAnIncompleteImageToTheDeadLetters() {
        var whole = Pngs.of(120);
        send(Samples.product("before"), Map.of());
        send(Samples.productWithImage("bad", stored(Arrays.copyOf(whole, whole.length - 20))), Map.of());
        send(Samples.product("after"), Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters("bad"))
                        .singleElement()
                        .satisfies(record -> {
                            assertThat(TestKafka.headers(record)).containsEntry(Headers.ERROR_CLASS, "IMAGE_TRUNCATED");
                            assertThat(new String(record.value(), UTF_8)).contains("\"product_id\":\"bad\"");
                        }));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(vectors("builtin-1"))
                        .containsKeys("before", "after")
                        .doesNotContainKey("bad"));
    }

    /** They would pass here, and fail one by one at the stores that the indexer writes to. */
    @Test
    void sendsMetadataThatNoStoreCanKeepToTheDeadLetters() {
        var deep = "{\"a\":".repeat(33) + "1" + "}".repeat(33);
        var product = "{\"product_id\":\"%s\",\"name\":\"n\",\"description\":\"d\",\"metadata\":%s}";
        for (var i = 0; i < 24; i++) {
            kafka.write(prefix + "products.v1", "deep-" + i, product.formatted("deep-" + i, deep), Map.of());
        }
        send(Samples.product("after-the-deep"), Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters("deep-"))
                        .hasSize(24)
                        .extracting(record -> TestKafka.header(record, Headers.ERROR_CLASS))
                        .containsOnly("INVALID_EVENT"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(vectors("builtin-1"))
                        .containsKey("after-the-deep")
                        .doesNotContainKey("deep-0"));
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(String keyPrefix) {
        return kafka.read(prefix + "products.v1.embedder.dlq").stream()
                .filter(record -> key(record).startsWith(keyPrefix))
                .toList();
    }

    @Test
    void aNewProcessReusesTheVectorsOfTheCache(@TempDir Path folder) {
        var bundle = folder.resolve("clip-sample");
        ClipBundle.write(bundle, Shape.small(), 42);
        Samples.products(20).forEach(product -> send(product, Map.of()));
        send(Samples.productWithImage("clip-pictured", stored(Pngs.of(60))), Map.of());
        try (var first = Embedder.start(with(clip(bundle, "clip-sample-1")))) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(vectors("clip-sample-1")).containsKeys("p-0", "p-19", "clip-pictured"));
            assertThat(count(first, "computed")).isGreaterThanOrEqualTo(22);
            assertThat(vectors("clip-sample-1"))
                    .hasEntrySatisfying(
                            "clip-pictured",
                            vectors -> assertThat(vectors.dimensions()).isEqualTo(Map.of("text", 512, "image", 512)));
        }

        // a replay: another index of the same model reads the topic from its beginning
        try (var replay = Embedder.start(with(clip(bundle, "clip-sample-2")))) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(vectors("clip-sample-2")).containsKeys("p-0", "p-19", "clip-pictured"));

            assertThat(count(replay, "computed")).isZero();
            assertThat(count(replay, "reused")).isGreaterThanOrEqualTo(22);
            assertThat(vectors("clip-sample-1")).containsAllEntriesOf(vectors("clip-sample-2"));
        }
    }

    @Test
    void aModelOfOtherDimensionsThanItsIndexStopsTheStartBeforeAnythingIsConsumed(@TempDir Path folder)
            throws Exception {
        var bundle = folder.resolve("clip-large");
        ClipBundle.write(bundle, Shape.small().withDimension(768), 42);
        embedder.getBean(VectorStore.class).prepare("clip-large-1", Map.of("text", 512, "image", 512));

        assertThatThrownBy(() -> Embedder.start(with(clip(bundle, "clip-large-1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Index 'clip-large-1' holds vectors of 512 (image) and 512 (text) dimensions, and the model"
                        + " makes 768 (image) and 768 (text): set EMBEDDER_MODEL to the model that the index was made"
                        + " with, or begin anew with empty stores (locally: another SLUICE_DATA_DIR)");
        // a pipeline creates this before it reads
        assertThat(kafka.admin().listTopics().names().get())
                .contains(prefix + "product-vectors.builtin-1.v1")
                .doesNotContain(prefix + "product-vectors.clip-large-1.v1");
        assertThat(kafka.committed(prefix + "embedder-clip-large-1")).isEmpty();
    }

    private static Map<String, Object> clip(Path bundle, String index) {
        return Map.of("embedder.model", bundle.toString(), "sluice.index", index);
    }

    @Test
    void aPortInUseStopsTheStartWithOneSentence() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = with("micronaut.server.port", other.getLocalPort());

            assertThatThrownBy(() -> Embedder.start(taken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The embedder's port is taken: stop the program that has it, or set"
                            + " SLUICE_EMBEDDER_PORT");
        }
    }

    @Test
    void anIndexOfAnotherModelStopsTheStartWithOneSentence() {
        var unfit = with("sluice.index", "clip-vit-b-32-1");

        assertThatThrownBy(() -> Embedder.start(unfit))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .startsWith("Index 'clip-vit-b-32-1' holds vectors of the model 'clip-vit-b-32', not of 'builtin':")
                .doesNotContain("\n");
    }

    private Map<String, Object> settings() {
        var database = TestStack.postgres();
        var all = new HashMap<String, Object>();
        all.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        all.put("sluice.topic-prefix", prefix);
        all.put("sluice.partitions", 3);
        all.put("database.url", database.url());
        all.put("database.user", database.user());
        all.put("database.password", "");
        all.put("s3.endpoint", TestStack.s3().url());
        all.put("qdrant.url", qdrant.url());
        all.put("micronaut.server.port", -1);
        return all;
    }

    private Map<String, Object> with(String key, Object value) {
        return with(Map.of(key, value));
    }

    private Map<String, Object> with(Map<String, Object> others) {
        var changed = new HashMap<>(settings);
        changed.putAll(others);
        return changed;
    }

    private StoredObject stored(byte[] bytes) {
        return embedder.getBean(ObjectStore.class).put("products", bytes, "image/png");
    }

    private void send(ProductSaved product, Map<String, String> headers) {
        var json = embedder.getBean(JsonCodec.class).encode(product);
        kafka.write(prefix + "products.v1", product.productId(), new String(json, UTF_8), headers);
    }

    private static double count(ApplicationContext context, String source) {
        return context.getBean(MeterRegistry.class).find(Vectors.METER).tag("source", source).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private Map<String, ProductVectors> vectors(String index) {
        var codec = embedder.getBean(JsonCodec.class);
        return kafka.read(prefix + "product-vectors." + index + ".v1").stream()
                .filter(record -> record.value() != null)
                .collect(Collectors.toMap(
                        EmbedderIT::key, record -> decoded(codec, record.value()), (_, newer) -> newer));
    }

    private static ProductVectors decoded(JsonCodec codec, byte[] json) {
        return switch (codec.decode(ProductVectors.class, json)) {
            case Decoded.Intact<ProductVectors>(var event) -> event;
            case Decoded.Unreadable<ProductVectors>(var failure) -> throw new AssertionError(failure.detail());
        };
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
