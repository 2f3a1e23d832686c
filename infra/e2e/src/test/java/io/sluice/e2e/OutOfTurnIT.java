package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.Embedder;
import io.sluice.indexer.Indexer;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.stack.LocalVectorStore;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.product.ProductLedger;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A version that waits in a retry topic while a newer version, or a deletion, passes it; with the real services. */
@Timeout(240)
class OutOfTurnIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String VECTORS = "product-vectors.builtin-1.v1";
    /** Never decoded: when it is there, the product that has it is not the newest any more. */
    private static final byte[] PICTURE = "a picture".getBytes(UTF_8);

    private final TestKafka kafka = TestStack.kafka();
    private final JsonCodec codec = new JsonCodec();

    @Test
    void theOldVersionIsSupersededAndAnIndexRebuiltFromTheTopicHasTheNewest() {
        var prefix = kafka.freshPrefix();
        try (var qdrant = LocalVectorStore.start(TestStack.newFolder("qdrant"))) {
            var settings = settings(prefix, qdrant);
            try (var embedder = Embedder.start(settings);
                    var indexer = Indexer.start(settings)) {
                var objects = embedder.getBean(ObjectStore.class);
                var image = objects.put("products", PICTURE, "image/png");
                objects.delete(image);
                send(prefix, Samples.productWithImage("updated", image), "first-updated");
                send(prefix, Samples.productWithImage("deleted", image), "first-deleted");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(kafka.read(prefix + "products.v1.embedder-builtin-1.retry-10s"))
                                .hasSize(2));

                send(prefix, Samples.product("updated", "second"), "second-updated");
                kafka.write(prefix + "products.v1", "deleted", null, Map.of(Headers.JOB_ID, "second-deleted"));
                await().atMost(PATIENCE)
                        .until(() -> outcomes(prefix).contains("second-updated succeeded")
                                && outcomes(prefix).contains("second-deleted succeeded"));
                objects.put("products", PICTURE, "image/png");
                await().atMost(PATIENCE)
                        .until(() -> outcomes(prefix).contains("first-updated superseded")
                                && outcomes(prefix).contains("first-deleted superseded"));
                assertIsNewest(indexer);

                writeLate(prefix);
                assertThat(kafka.read(prefix + VECTORS)).hasSizeGreaterThanOrEqualTo(4);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(namesOf(last(prefix)))
                                .containsExactlyInAnyOrderEntriesOf(Map.of("updated", "second", "deleted", "nothing")));
                assertIsNewest(indexer);
            }
        }
        rebuildFrom(last(prefix));
    }

    /** Writes the first versions behind the second ones, as an embedder does that cannot ask the ledger. */
    private void writeLate(String prefix) {
        var value = Objects.requireNonNull(last(prefix).get("updated")).value();
        var second = switch (codec.decode(ProductVectors.class, value)) {
            case Decoded.Intact<ProductVectors>(var event) -> event;
            case Decoded.Unreadable<ProductVectors>(var failure) -> throw new AssertionError(failure.detail());
        };
        for (var id : List.of("updated", "deleted")) {
            var product = Samples.product(id, "first");
            var first = new ProductVectors(product, second.model(), second.dimensions(), second.vectors());
            kafka.write(
                    prefix + VECTORS,
                    id,
                    new String(codec.encode(first), UTF_8),
                    Map.of(Headers.ENTITY_VERSION, Long.toString(EntityVersion.of(1, 0)), Headers.OUT_OF_TURN, "true"));
        }
    }

    private void rebuildFrom(Map<String, ConsumerRecord<byte[], byte[]>> compacted) {
        var prefix = kafka.freshPrefix();
        try (var qdrant = LocalVectorStore.start(TestStack.newFolder("qdrant"));
                var indexer = Indexer.start(settings(prefix, qdrant))) {
            kafka.write(compacted.values().stream()
                    .map(message -> new ProducerRecord<>(
                            prefix + VECTORS, null, null, message.key(), message.value(), message.headers()))
                    .toList());
            var ledger = indexer.getBean(ProductLedger.class);
            await().atMost(PATIENCE)
                    .until(() -> ledger.newest(List.of("updated", "deleted")).size() == 2);
            assertIsNewest(indexer);
        }
    }

    private static void assertIsNewest(ApplicationContext indexer) {
        var ledger = indexer.getBean(ProductLedger.class);
        assertThat(ledger.find("updated"))
                .hasValueSatisfying(known -> assertThat(known.product().name()).isEqualTo("second"));
        assertThat(ledger.find("deleted")).isEmpty();
    }

    /** {@return what compaction leaves of the topic of vectors} */
    private Map<String, ConsumerRecord<byte[], byte[]>> last(String prefix) {
        var last = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
        kafka.read(prefix + VECTORS).forEach(message -> last.put(new String(message.key(), UTF_8), message));
        return last;
    }

    private static Map<String, String> namesOf(Map<String, ConsumerRecord<byte[], byte[]>> messages) {
        var names = new HashMap<String, String>();
        messages.forEach((id, message) -> names.put(
                id,
                message.value() == null
                        ? "nothing"
                        : new String(message.value(), UTF_8).contains("\"name\":\"second\"") ? "second" : "first"));
        return names;
    }

    /** {@return every job with the outcome of each of its events} */
    private List<String> outcomes(String prefix) {
        return kafka.read(prefix + "job-events.v1").stream()
                .map(message -> new String(message.key(), UTF_8) + " " + outcome(new String(message.value(), UTF_8)))
                .toList();
    }

    private static String outcome(String event) {
        return event.replaceFirst(".*\"outcome\":\"([a-z]+)\".*", "$1");
    }

    private void send(String prefix, ProductSaved product, String jobId) {
        kafka.write(
                prefix + "products.v1",
                product.productId(),
                new String(codec.encode(product), UTF_8),
                Map.of(Headers.JOB_ID, jobId));
    }

    private Map<String, Object> settings(String prefix, LocalVectorStore qdrant) {
        var database = TestStack.postgres();
        var all = new HashMap<String, Object>();
        all.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        all.put("sluice.topic-prefix", prefix);
        all.put("sluice.partitions", 1);
        all.put("database.url", database.url());
        all.put("database.user", database.user());
        all.put("s3.endpoint", TestStack.s3().url());
        all.put("qdrant.url", qdrant.url());
        all.put("sluice.embedder.port", 0);
        all.put("sluice.indexer.port", 0);
        return all;
    }
}
