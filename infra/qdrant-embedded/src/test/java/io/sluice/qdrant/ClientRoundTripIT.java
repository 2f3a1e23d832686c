package io.sluice.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.fusion;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.qdrant.client.WithPayloadSelectorFactory.enable;
import static io.sluice.qdrant.LocalQdrant.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of a product pipeline, through the real client. */
class ClientRoundTripIT {
    private static final UUID CHAIR = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID TABLE = UUID.fromString("00000000-0000-0000-0000-000000000002");

    @Test
    void findsWhatWasPutByEveryVectorThroughTheAliasAlsoAfterARestart(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            var client = qdrant.client();
            assertThat(await(client.healthCheckAsync()).getVersion()).startsWith("1.");
            var params = VectorParams.newBuilder()
                    .setSize(2)
                    .setDistance(Distance.Cosine)
                    .build();
            await(client.createCollectionAsync("products-a-1", Map.of("text", params, "image", params)));
            await(client.createAliasAsync("products", "products-a-1"));
            var result = await(client.upsertAsync(
                    "products-a-1",
                    List.of(product(CHAIR, "chair", 1, new float[] {3, 0}), product(TABLE, "table", 1, new float[] {0, 5
                    }))));
            assertThat(result.getStatus()).isEqualTo(UpdateStatus.Completed);
            assertFound(qdrant);
        }
        try (var qdrant = LocalQdrant.on(folder)) {
            assertFound(qdrant);
        }
    }

    private static void assertFound(LocalQdrant qdrant) {
        var hits = await(qdrant.client()
                .queryAsync(QueryPoints.newBuilder()
                        .setCollectionName("products")
                        .addPrefetch(PrefetchQuery.newBuilder().setUsing("text").setQuery(nearest(0.9f, 0.1f)))
                        .addPrefetch(
                                PrefetchQuery.newBuilder().setUsing("image").setQuery(nearest(0.9f, 0.1f)))
                        .setQuery(fusion(Fusion.RRF))
                        .setWithPayload(enable(true))
                        .build()));
        assertThat(hits).extracting(hit -> hit.getId().getUuid()).containsExactly(CHAIR.toString(), TABLE.toString());
        assertThat(hits.getFirst().getPayloadMap()).containsEntry("name", value("chair"));
        assertThat(hits.getFirst().getScore()).isEqualTo(1f);
        var filtered = await(qdrant.client()
                .queryAsync(QueryPoints.newBuilder()
                        .setCollectionName("products")
                        .setUsing("text")
                        .setQuery(nearest(0.9f, 0.1f))
                        .setFilter(Filter.newBuilder().addMust(matchKeyword("name", "table")))
                        .build()));
        assertThat(filtered).singleElement().satisfies(hit -> {
            assertThat(hit.getId()).isEqualTo(id(TABLE));
            assertThat(hit.getPayloadMap()).isEmpty();
        });
    }

    @Test
    void changesAnExistingPointOnlyWhenItPassesTheUpdateFilter(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            var client = qdrant.client();
            var params = VectorParams.newBuilder()
                    .setSize(2)
                    .setDistance(Distance.Cosine)
                    .build();
            await(client.createCollectionAsync("products", Map.of("text", params, "image", params)));
            await(client.upsertAsync(guarded(product(CHAIR, "new", 7, new float[] {1, 0}), 7)));
            await(client.upsertAsync(guarded(product(CHAIR, "late", 6, new float[] {0, 1}), 6)));
            assertThat(nameOf(qdrant, CHAIR)).isEqualTo("new");
            await(client.upsertAsync(guarded(product(CHAIR, "newest", 8, new float[] {0, 1}), 8)));
            assertThat(nameOf(qdrant, CHAIR)).isEqualTo("newest");
        }
    }

    private static UpsertPoints guarded(PointStruct point, long version) {
        var olderOrSame = io.qdrant.client.ConditionFactory.range(
                "version", Range.newBuilder().setLte((double) version).build());
        return UpsertPoints.newBuilder()
                .setCollectionName("products")
                .setWait(true)
                .addPoints(point)
                .setUpdateFilter(Filter.newBuilder().addMust(olderOrSame))
                .build();
    }

    private static String nameOf(LocalQdrant qdrant, UUID product) {
        var points = await(qdrant.client().retrieveAsync("products", id(product), null));
        return points.getFirst().getPayloadOrThrow("name").getStringValue();
    }

    private static PointStruct product(UUID id, String name, long version, float[] text) {
        var vectors = Map.of("text", vector(text), "image", vector(text));
        return PointStruct.newBuilder()
                .setId(id(id))
                .setVectors(namedVectors(vectors))
                .putPayload("name", value(name))
                .putPayload("version", value(version))
                .build();
    }
}
