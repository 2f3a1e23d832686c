package io.sluice.qdrant;

import static io.sluice.qdrant.LocalQdrant.await;

import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import io.sluice.qdrant.payload.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Collections and points for tests. */
final class Samples {
    private Samples() {}

    static void collection(LocalQdrant qdrant, String name, int size, Distance distance, String... vectors) {
        var params =
                VectorParams.newBuilder().setSize(size).setDistance(distance).build();
        if (vectors.length == 0) {
            await(qdrant.client().createCollectionAsync(name, params));
            return;
        }
        var named = new java.util.HashMap<String, VectorParams>();
        List.of(vectors).forEach(vector -> named.put(vector, params));
        await(qdrant.client().createCollectionAsync(name, named));
    }

    static PointId num(long id) {
        return PointId.newBuilder().setNum(id).build();
    }

    static Vector vector(float... components) {
        var dense = DenseVector.newBuilder();
        for (var component : components) {
            dense.addData(component);
        }
        return Vector.newBuilder().setDense(dense).build();
    }

    /** A point of a collection with one unnamed vector. */
    static PointStruct point(long id, float[] vector, Object... payload) {
        return PointStruct.newBuilder()
                .setId(num(id))
                .setVectors(Vectors.newBuilder().setVector(vector(vector)))
                .putAllPayload(Json.payload(payload))
                .build();
    }

    static PointStruct point(long id, Map<String, float[]> vectors, Object... payload) {
        var named = NamedVectors.newBuilder();
        vectors.forEach((name, vector) -> named.putVectors(name, vector(vector)));
        return PointStruct.newBuilder()
                .setId(num(id))
                .setVectors(Vectors.newBuilder().setVectors(named))
                .putAllPayload(Json.payload(payload))
                .build();
    }

    static UpsertPoints.Builder upsert(String collection, PointStruct... points) {
        return UpsertPoints.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .addAllPoints(Arrays.asList(points));
    }

    static float[] floats(double... components) {
        var floats = new float[components.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) components[i];
        }
        return floats;
    }
}
