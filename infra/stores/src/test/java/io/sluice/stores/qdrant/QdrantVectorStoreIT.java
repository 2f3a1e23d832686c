package io.sluice.stores.qdrant;

import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.sluice.stores.Products.DIMENSIONS;
import static io.sluice.stores.Products.IMAGE;
import static io.sluice.stores.Products.product;
import static io.sluice.stores.Products.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import io.sluice.stores.StoreFailure;
import io.sluice.stores.product.MetadataFilter;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.Hit;
import io.sluice.stores.product.VectorStore.IndexMismatchException;
import io.sluice.stores.product.VectorStore.Point;
import io.sluice.stores.product.VectorStore.Removal;
import io.sluice.stores.product.VectorStore.ServedIndex;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QdrantVectorStoreIT {
    private static final String INDEX = "test-1";
    private static final String KEY = "s3cret";

    @TempDir
    Path dir;

    private QdrantServer server;
    private QdrantConnection connection;
    private QdrantVectorStore store;

    @BeforeEach
    void start() {
        server = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, dir, KEY));
        connection = new QdrantConnection(config(server.port(), KEY, Duration.ofSeconds(10)));
        store = new QdrantVectorStore(connection);
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
    }

    @Test
    void findsNothingBeforeAnythingIsIndexed() {
        assertThat(nearText(1, 0, 0)).isEmpty();
    }

    @Test
    void aSearchReturnsThePayloadOfEachPoint() {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("sku", "SKU-1");
        metadata.put("stock", 7);
        metadata.put("price", 12.5);
        metadata.put("tags", List.of("a", "b"));
        metadata.put("nothing", null);
        metadata.put("size", Map.of("cm", 3));
        store.prepare(INDEX, DIMENSIONS);
        store.upsert(
                INDEX,
                List.of(
                        new Point(
                                vectors(
                                        product("p1", "Été", Metadata.of(metadata), IMAGE),
                                        new float[] {1, 0, 0},
                                        new float[] {0, 1}),
                                5),
                        new Point(vectors(product("p2", "other"), 0, 1, 0), 6)));

        var hits = nearText(1, 0.1f, 0);

        assertThat(hits).extracting(Hit::productId).containsExactly("p1", "p2");
        var best = hits.getFirst();
        assertThat(best.name()).isEqualTo("Été");
        assertThat(best.description()).isEqualTo("Description of Été");
        assertThat(best.imageSha256()).isEqualTo(IMAGE.sha256());
        assertThat(best.score()).isBetween(0.99f, 1f);
        assertThat(best.metadata().values().keySet()).isEqualTo(metadata.keySet());
        assertThat(best.metadata().values()).containsEntry("stock", 7L).containsEntry("price", 12.5);
        assertThat(best.metadata().values()).containsEntry("tags", List.of("a", "b"));
        assertThat(hits.getLast().imageSha256()).isNull();
    }

    @Test
    void anOlderVersionDoesNotReplaceANewerOne() {
        store.prepare(INDEX, DIMENSIONS);
        upsert("p1", "five", 5);

        upsert("p1", "four", 4);
        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactly("five");

        upsert("p1", "five again", 5);
        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactly("five again");

        upsert("p1", "six", 6);
        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactly("six");
    }

    @Test
    void eachPointOfABatchIsGuardedByItsOwnVersion() {
        store.prepare(INDEX, DIMENSIONS);
        upsert("a", "a five", 5);
        upsert("b", "b five", 5);

        store.upsert(
                INDEX,
                List.of(
                        new Point(vectors(product("a", "a four"), 1, 0, 0), 4),
                        new Point(vectors(product("b", "b nine"), 1, 0, 0), 9),
                        new Point(vectors(product("c", "c one"), 1, 0, 0), 1)));

        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactlyInAnyOrder("a five", "b nine", "c one");
    }

    @Test
    void countsVersionsExactlyUpToTheLargest() {
        var largest = (8191L << 40) + (1L << 40) - 1;
        store.prepare(INDEX, DIMENSIONS);
        upsert("p1", "largest", largest);

        upsert("p1", "one less", largest - 1);

        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactly("largest");
    }

    @Test
    void removesOnlyPointsThatAreNotNewer() {
        store.prepare(INDEX, DIMENSIONS);
        upsert("a", "a", 5);
        upsert("b", "b", 5);
        upsert("c", "c", 5);

        store.delete(INDEX, List.of(new Removal("a", 5), new Removal("b", 4), new Removal("unknown", 9)));

        assertThat(nearText(1, 0, 0)).extracting(Hit::productId).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void deletingFromAMissingIndexDoesNothing() {
        store.delete("never-1", List.of(new Removal("a", 5)));

        assertThat(nearText(1, 0, 0)).isEmpty();
    }

    @Test
    void splitsALargeWriteIntoSeveralCalls() {
        store.prepare(INDEX, DIMENSIONS);
        store.upsert(
                INDEX,
                IntStream.range(0, 200)
                        .mapToObj(i -> new Point(vectors(product("p" + i, "x".repeat(900)), 1, i, 0), i))
                        .toList());

        assertThat(store.search(INDEX, new VectorStore.Query(Map.of("text", Embedding.of(1, 0, 0)), List.of(), 300)))
                .hasSize(200);
        store.delete(
                INDEX,
                IntStream.range(0, 150).mapToObj(i -> new Removal("p" + i, i)).toList());
        assertThat(store.search(INDEX, new VectorStore.Query(Map.of("text", Embedding.of(1, 0, 0)), List.of(), 300)))
                .hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({
        "color, red, a",
        "color, RED, ''",
        "stock, 7, a",
        "price, 12.5, a",
        "sale, true, a",
        "tags, x, a",
        "a.b, dotted, a",
        "größe, groß, a",
        "code, 007, b",
        "color, blue, b",
        "missing, red, ''",
    })
    void filtersByExactMetadata(String name, String value, String expected) {
        store.prepare(INDEX, DIMENSIONS);
        var a = Metadata.of(Map.of(
                "color",
                "red",
                "stock",
                7,
                "price",
                12.5,
                "sale",
                true,
                "tags",
                List.of("x", "y"),
                "a.b",
                "dotted",
                "größe",
                "groß",
                "code",
                7));
        var b = Metadata.of(Map.of("color", "blue", "stock", 70, "code", "007"));
        store.upsert(
                INDEX,
                List.of(
                        new Point(vectors(product("a", "a", a, null), new float[] {1, 0, 0}, new float[] {1, 0}), 1),
                        new Point(vectors(product("b", "b", b, null), new float[] {1, 0, 0}, new float[] {1, 0}), 1)));

        for (var vectors : List.of(
                Map.of("text", Embedding.of(1, 0, 0)),
                Map.of("text", Embedding.of(1, 0, 0), "image", Embedding.of(1, 0)))) {
            var hits = store.search(
                    INDEX, new VectorStore.Query(vectors, List.of(MetadataFilter.parse(name + ":" + value)), 10));
            assertThat(String.join("", hits.stream().map(Hit::productId).toList()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void fusesSeveralRankings() {
        store.prepare(INDEX, DIMENSIONS);
        store.upsert(
                INDEX,
                List.of(
                        new Point(vectors(product("both", "both"), new float[] {1, 0.2f, 0}, new float[] {1, 0.2f}), 1),
                        new Point(vectors(product("text", "text"), 1, 0, 0), 1),
                        new Point(vectors(product("none", "none"), 0, 0, 1), 1)));

        var hits = store.search(
                INDEX,
                new VectorStore.Query(
                        Map.of("text", Embedding.of(1, 0, 0), "image", Embedding.of(1, 0)), List.of(), 2));

        assertThat(hits).hasSize(2);
        assertThat(hits.getFirst().productId()).isEqualTo("both");
    }

    @Test
    void anIndexMayBePreparedTwiceOrAtTheSameTimeAndTheFirstIndexKeepsTheAlias() {
        IntStream.range(0, 4).parallel().forEach(i -> new QdrantVectorStore(connection).prepare(INDEX, DIMENSIONS));
        store.prepare("test-2", Map.of("text", 7));

        assertThat(store.servedIndex()).map(ServedIndex::name).contains(INDEX);
    }

    @Test
    void aSearchReadsTheIndexThatItNames() {
        for (var index : List.of("test-1", "test-2")) {
            store.prepare(index, DIMENSIONS);
            store.upsert(index, List.of(new Point(vectors(product("p1", "of " + index), 1, 0, 0), 1)));
        }
        var query = new VectorStore.Query(Map.of("text", Embedding.of(1, 0, 0)), List.of(), 10);

        assertThat(store.search("test-2", query)).extracting(Hit::name).containsExactly("of test-2");
        assertThat(store.search("test-1", query)).extracting(Hit::name).containsExactly("of test-1");
        assertThat(store.search("test-3", query)).isEmpty();
    }

    @Test
    void searchesReadTheCollectionThatTheAliasNamesWhateverItsName() {
        serveCollection("shop");
        connection.points(stub -> stub.upsert(UpsertPoints.newBuilder()
                .setCollectionName("shop")
                .setWait(true)
                .addPoints(PointStruct.newBuilder()
                        .setId(PointIds.of("any", "p1"))
                        .setVectors(namedVectors(Map.of("text", vector(1, 0, 0))))
                        .putAllPayload(Payload.of("any", product("p1", "of the shop"), 1)))
                .build()));
        store.prepare("shop", DIMENSIONS);
        store.upsert("shop", List.of(new Point(vectors(product("p1", "of an index"), 1, 0, 0), 1)));
        var query = new VectorStore.Query(Map.of("text", Embedding.of(1, 0, 0)), List.of(), 10);

        var served = store.servedIndex().orElseThrow();

        assertThat(served.name()).isEqualTo("shop");
        assertThat(store.search(served, query)).extracting(Hit::name).containsExactly("of the shop");
        assertThat(store.search("shop", query)).extracting(Hit::name).containsExactly("of an index");
    }

    private void serveCollection(String name) {
        var text = VectorParams.newBuilder().setSize(3).setDistance(Distance.Cosine);
        var vectors = VectorParamsMap.newBuilder().putMap("text", text.build());
        connection.collections(stub -> stub.create(CreateCollection.newBuilder()
                .setCollectionName(name)
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(vectors))
                .build()));
        var alias = CreateAlias.newBuilder().setCollectionName(name).setAliasName("products");
        connection.collections(stub -> stub.updateAliases(ChangeAliases.newBuilder()
                .addActions(AliasOperations.newBuilder().setCreateAlias(alias))
                .build()));
    }

    @Test
    void anIndexWithOtherDimensionsIsNotTouched() {
        assertThat(store.dimensions(INDEX)).isEmpty();
        store.prepare(INDEX, DIMENSIONS);
        assertThat(store.dimensions(INDEX)).contains(DIMENSIONS);

        assertThatThrownBy(() -> new QdrantVectorStore(connection).prepare(INDEX, Map.of("text", 512)))
                .isInstanceOf(IndexMismatchException.class)
                .hasMessageContaining("and the model makes 512 (text): set EMBEDDER_MODEL to the model");
    }

    @Test
    void createsADeletedCollectionAgain() {
        store.prepare(INDEX, DIMENSIONS);
        connection.collections(stub -> stub.delete(io.qdrant.client.grpc.Collections.DeleteCollection.newBuilder()
                .setCollectionName(QdrantCollections.nameOf(INDEX))
                .build()));

        store.prepare(INDEX, DIMENSIONS);
        var thrown = catchThrowable(() -> upsert("p1", "one", 1));
        assertThat(new QdrantErrors().translate(thrown).orElseThrow().code())
                .isEqualTo(StoreFailure.QDRANT_COLLECTION_MISSING);

        store.prepare(INDEX, DIMENSIONS);
        upsert("p1", "one", 1);
        assertThat(nearText(1, 0, 0)).hasSize(1);
    }

    @Test
    void aVectorOfTheWrongSizeIsRejected() {
        store.prepare(INDEX, Map.of("text", 4, "image", 2));

        var thrown = catchThrowable(() -> upsert("p1", "one", 1));

        assertThat(new QdrantErrors().translate(thrown)).containsInstanceOf(Fatal.class);
    }

    @Test
    void aWrongApiKeyIsRefused() {
        try (var wrong = new QdrantConnection(config(server.port(), "other", Duration.ofSeconds(10)))) {
            var thrown = catchThrowable(() -> new QdrantVectorStore(wrong).prepare(INDEX, DIMENSIONS));

            assertThat(new QdrantErrors().translate(thrown).orElseThrow().code())
                    .isEqualTo(StoreFailure.QDRANT_REFUSED);
        }
    }

    @Test
    void worksAgainSoonAfterTheServerIsBack() {
        store.prepare(INDEX, DIMENSIONS);
        upsert("p1", "one", 1);
        var port = server.port();
        server.close();
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> upsert("p1", "two", 2))
                    .satisfies(thrown -> assertThat(new QdrantErrors()
                                    .translate(thrown)
                                    .orElseThrow()
                                    .code())
                            .isEqualTo(StoreFailure.QDRANT_UNAVAILABLE));
        }
        assertThatThrownBy(() -> store.probe()).isNotNull();

        server = QdrantServer.start(new QdrantServer.Config("127.0.0.1", port, dir, KEY));
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> store.probe());

        upsert("p1", "three", 3);
        assertThat(nearText(1, 0, 0)).extracting(Hit::name).containsExactly("three");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        try (var mute = new ServerSocket(0);
                var slow = new QdrantConnection(config(mute.getLocalPort(), KEY, Duration.ofMillis(300)))) {
            var thrown = catchThrowable(() -> new QdrantVectorStore(slow).prepare(INDEX, DIMENSIONS));

            assertThat(new QdrantErrors().translate(thrown)).containsInstanceOf(Unclear.class);
        }
    }

    private void upsert(String id, String name, long version) {
        store.upsert(INDEX, List.of(new Point(vectors(product(id, name), 1, 0, 0), version)));
    }

    private List<Hit> nearText(float... vector) {
        return store.search(INDEX, new VectorStore.Query(Map.of("text", Embedding.of(vector)), List.of(), 10));
    }

    private static QdrantConfig config(int port, String key, Duration timeout) {
        return new QdrantConfig("http://127.0.0.1:" + port, key, timeout);
    }
}
