package io.sluice.qdrant.api;

import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import io.sluice.qdrant.payload.PayloadSelector;
import io.sluice.qdrant.query.Hit;
import io.sluice.qdrant.store.DenseVectors;
import io.sluice.qdrant.store.Point;
import io.sluice.qdrant.store.VectorCollection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts of a point that an answer shows. */
record PointView(PayloadSelector payload, Function<Point, Optional<VectorsOutput>> vectors) {
    static PointView of(
            VectorCollection collection,
            WithPayloadSelector payload,
            boolean payloadIfUnsaid,
            WithVectorsSelector vectors) {
        return new PointView(PayloadSelector.of(payload, payloadIfUnsaid), vectors(collection, vectors));
    }

    private static Function<Point, Optional<VectorsOutput>> vectors(
            VectorCollection collection, WithVectorsSelector selector) {
        return switch (selector.getSelectorOptionsCase()) {
            case ENABLE ->
                point -> selector.getEnable()
                        ? Optional.of(DenseVectors.toOutput(collection.vectors(point)))
                        : Optional.empty();
            case INCLUDE -> {
                var names = selector.getInclude().getNamesList();
                names.forEach(collection::column);
                yield point -> Optional.of(DenseVectors.toOutput(collection.vectors(point).entrySet().stream()
                        .filter(vector -> names.contains(vector.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
            }
            case SELECTOROPTIONS_NOT_SET -> _ -> Optional.empty();
        };
    }

    RetrievedPoint retrieved(Point point) {
        var shown = RetrievedPoint.newBuilder()
                .setId(point.key().toPointId())
                .putAllPayload(payload.select(point.payload()));
        vectors.apply(point).ifPresent(shown::setVectors);
        return shown.build();
    }

    ScoredPoint scored(Hit hit) {
        var point = hit.point();
        var shown = ScoredPoint.newBuilder()
                .setId(point.key().toPointId())
                .setScore(hit.score())
                .setVersion(point.version())
                .putAllPayload(payload.select(point.payload()));
        vectors.apply(point).ifPresent(shown::setVectors);
        return shown.build();
    }
}
