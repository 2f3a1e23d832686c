package io.sluice.qdrant.store;

import static io.sluice.qdrant.payload.Json.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FieldType;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.Rejection;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final int SIZE = 256;
    private static final VectorsConfig VECTORS = VectorsConfig.newBuilder()
            .setParamsMap(VectorParamsMap.newBuilder()
                    .putMap(
                            "text",
                            VectorParams.newBuilder()
                                    .setSize(SIZE)
                                    .setDistance(Distance.Cosine)
                                    .build()))
            .build();

    @Test
    void isCompactedAtTheStartWhenMostOfTheJournalIsDeadAndKeepsAllThatLives(@TempDir Path folder) throws IOException {
        Map<String, String> before;
        try (var store = Store.open(folder)) {
            create(store);
            for (int round = 0; round < 20; round++) {
                store.write(new Change.Upsert(upsert(round, LongStream.range(0, 200))));
            }
            store.write(new Change.Delete(deletion(LongStream.range(0, 150))));
            before = contents(store);
        }
        var file = folder.resolve("journal");
        var grown = Files.size(file);

        try (var store = Store.open(folder)) {
            assertThat(Files.size(file)).isLessThan(grown / 20);
            assertThat(contents(store)).isEqualTo(before).hasSize(50);
            assertThat(store.read(Catalog::aliases)).containsEntry("alias", "c");
            var collection = store.read(catalog -> catalog.get("alias"));
            assertThat(collection.indexes()).containsOnlyKeys("n");
            assertThat(collection.definition().getVectorsConfig()).isEqualTo(VECTORS);
            store.write(new Change.Upsert(upsert(99, LongStream.of(7))));
        }
        try (var store = Store.open(folder)) {
            assertThat(contents(store)).hasSize(51);
        }
    }

    @Test
    void isLeftAloneWhenLittleOfTheJournalIsDead(@TempDir Path folder) throws IOException {
        try (var store = Store.open(folder)) {
            create(store);
            store.write(new Change.Upsert(upsert(1, LongStream.range(0, 200))));
        }
        var size = Files.size(folder.resolve("journal"));
        Store.open(folder).close();
        assertThat(Files.size(folder.resolve("journal"))).isEqualTo(size);
    }

    @Test
    void refusesToStartOnAJournalDamagedInTheMiddle(@TempDir Path folder) throws IOException {
        try (var store = Store.open(folder)) {
            create(store);
            store.write(new Change.Upsert(upsert(1, LongStream.range(0, 20))));
            store.write(new Change.Upsert(upsert(2, LongStream.range(0, 20))));
        }
        var file = folder.resolve("journal");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);
        assertThatIOException().isThrownBy(() -> Store.open(folder)).withMessageContaining("is corrupt");
        assertThat(Files.readAllBytes(file)).as("left as evidence").isEqualTo(bytes);
    }

    @Test
    void takesADeletedVectorOutOfTheScanAndKeepsTheOthersInPlace(@TempDir Path folder) throws IOException {
        try (var store = Store.open(folder)) {
            create(store);
            store.write(new Change.Upsert(upsert(1, LongStream.range(0, 200))));
            store.write(new Change.Delete(deletion(LongStream.of(0, 13, 198, 199))));
            var collection = store.read(catalog -> catalog.get("c"));
            var column = collection.column("text");
            assertThat(collection.points()).hasSize(196).allSatisfy(point -> {
                var itself = vector(Long.parseLong(point.key().toString()), 1);
                assertThat(column.nearest(column.prepared(itself), PointFilter.ALL, 1))
                        .extracting(scored -> scored.point().key())
                        .containsExactly(point.key());
            });
            assertThat(column.nearest(vector(1, 1), PointFilter.ALL, 1000)).hasSize(196);
        }
    }

    @Test
    void anUpsertWithoutMemoryForItIsRefusedAndLeavesNoTrace() {
        var blocks = new AtomicInteger(1);
        SegmentAllocator scarce = (bytes, alignment) -> {
            if (blocks.getAndDecrement() < 1) {
                throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes of direct buffer memory");
            }
            return Arena.ofAuto().allocate(bytes, alignment);
        };
        var collection = new VectorCollection(
                CreateCollection.newBuilder()
                        .setCollectionName("c")
                        .setVectorsConfig(VECTORS)
                        .build(),
                scarce);
        collection.upsert(upsert(1, LongStream.range(0, 200)), 1);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> collection.upsert(upsert(1, LongStream.range(100, 300)), 2))
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            refused -> assertThat(refused.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
                    .hasMessageContaining("-XX:MaxDirectMemorySize");
            assertThat(collection.points()).hasSize(200);
            assertThat(collection.column("text").nearest(vector(7, 1), PointFilter.ALL, 1_000))
                    .hasSize(200);
        }

        collection.upsert(upsert(1, LongStream.range(200, 256)), 3);
        blocks.set(1);
        collection.upsert(upsert(1, LongStream.range(256, 300)), 4);
        assertThat(collection.column("text").nearest(vector(7, 1), PointFilter.ALL, 1_000))
                .hasSize(300);
    }

    private static void create(Store store) {
        store.write(new Change.CreateCollection(CreateCollection.newBuilder()
                .setCollectionName("c")
                .setVectorsConfig(VECTORS)
                .build()));
        store.write(new Change.ChangeAlias(AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setCollectionName("c").setAliasName("alias"))
                .build()));
        store.write(new Change.CreateIndex(CreateFieldIndexCollection.newBuilder()
                .setCollectionName("alias")
                .setFieldName("n")
                .setFieldType(FieldType.FieldTypeInteger)
                .build()));
    }

    private static UpsertPoints upsert(int round, LongStream ids) {
        return UpsertPoints.newBuilder()
                .setCollectionName("alias")
                .addAllPoints(ids.mapToObj(id -> PointStruct.newBuilder()
                                .setId(PointId.newBuilder().setNum(id))
                                .setVectors(DenseVectors.toInput(Map.of("text", vector(id, round))))
                                .putAllPayload(payload("n", (int) id, "round", round))
                                .build())
                        .toList())
                .build();
    }

    private static DeletePoints deletion(LongStream ids) {
        var list = PointsIdsList.newBuilder()
                .addAllIds(ids.mapToObj(id -> PointId.newBuilder().setNum(id).build())
                        .toList());
        return DeletePoints.newBuilder()
                .setCollectionName("c")
                .setPoints(PointsSelector.newBuilder().setPoints(list))
                .build();
    }

    private static float[] vector(long id, int round) {
        var random = new java.util.Random(id * 31 + round);
        var vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    private static Map<String, String> contents(Store store) {
        return store.read(catalog -> {
            var collection = catalog.get("c");
            return collection.points().stream()
                    .collect(Collectors.toMap(
                            point -> point.key().toString(),
                            point -> point.payload().toString()
                                    + Arrays.toString(collection.vectors(point).get("text"))));
        });
    }
}
