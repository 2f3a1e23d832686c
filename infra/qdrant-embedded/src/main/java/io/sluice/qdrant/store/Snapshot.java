package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** A short list of changes that leads to a given state. Compaction writes it in place of the journal. */
final class Snapshot {
    private static final int POINTS_PER_CHANGE = 64;

    private Snapshot() {}

    static Stream<Change> of(Catalog catalog) {
        var collections = catalog.collections().values().stream().flatMap(Snapshot::of);
        var aliases = catalog.aliases().entrySet().stream().map(alias -> {
            var create = CreateAlias.newBuilder().setAliasName(alias.getKey()).setCollectionName(alias.getValue());
            return new Change.ChangeAlias(
                    AliasOperations.newBuilder().setCreateAlias(create).build());
        });
        return Stream.concat(collections, aliases);
    }

    private static Stream<Change> of(VectorCollection collection) {
        var name = collection.definition().getCollectionName();
        var indexes = collection.indexes().values().stream()
                .map(index -> index.toBuilder().setCollectionName(name).build());
        var upserts = collection.points().stream()
                .map(point -> struct(collection, point))
                .gather(Gatherers.windowFixed(POINTS_PER_CHANGE))
                .map(points -> UpsertPoints.newBuilder()
                        .setCollectionName(name)
                        .addAllPoints(points)
                        .build());
        return Stream.of(
                        Stream.of(new Change.CreateCollection(collection.definition())),
                        indexes.map(Change.CreateIndex::new),
                        upserts.map(Change.Upsert::new))
                .flatMap(changes -> changes);
    }

    private static PointStruct struct(VectorCollection collection, Point point) {
        return PointStruct.newBuilder()
                .setId(point.key().toPointId())
                .setVectors(DenseVectors.toInput(collection.vectors(point)))
                .putAllPayload(point.payload())
                .build();
    }
}
