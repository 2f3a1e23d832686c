package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.sluice.qdrant.protocol.Rejection;
import java.util.Map;
import java.util.stream.Collectors;

/** Converts vectors between protocol messages and the store. In the store, an unnamed vector has the empty name. */
public final class DenseVectors {
    /** The name of the only vector of a collection when it has no name. */
    public static final String UNNAMED = "";

    private DenseVectors() {}

    /** {@return the vectors of a point, by name} */
    static Map<String, float[]> of(Vectors vectors) {
        return switch (vectors.getVectorsOptionsCase()) {
            case VECTOR -> Map.of(UNNAMED, components(vectors.getVector()));
            case VECTORS ->
                vectors.getVectors().getVectorsMap().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, named -> components(named.getValue())));
            case VECTORSOPTIONS_NOT_SET -> throw Rejection.malformed("Expected some vectors");
        };
    }

    private static float[] components(Vector vector) {
        return switch (vector.getVectorCase()) {
            case DENSE -> components(vector.getDense());
            case VECTOR_NOT_SET -> legacyComponents(vector);
            case SPARSE, MULTI_DENSE, DOCUMENT, IMAGE, OBJECT ->
                throw Rejection.unsupported("vectors other than dense ones");
        };
    }

    @SuppressWarnings("deprecation") // older clients write only this field
    private static float[] legacyComponents(Vector vector) {
        return components(
                DenseVector.newBuilder().addAllData(vector.getDataList()).build());
    }

    /** {@return the components of a vector in a protocol message} */
    public static float[] components(DenseVector vector) {
        var components = new float[vector.getDataCount()];
        for (int i = 0; i < components.length; i++) {
            components[i] = vector.getData(i);
        }
        return components;
    }

    /** {@return the vectors as an upsert request holds them} */
    static Vectors toInput(Map<String, float[]> vectors) {
        if (vectors.containsKey(UNNAMED)) {
            return Vectors.newBuilder().setVector(input(vectors.get(UNNAMED))).build();
        }
        var named = NamedVectors.newBuilder();
        vectors.forEach((name, vector) -> named.putVectors(name, input(vector)));
        return Vectors.newBuilder().setVectors(named).build();
    }

    private static Vector input(float[] vector) {
        return Vector.newBuilder().setDense(dense(vector)).build();
    }

    /** {@return the vectors as an answer holds them} */
    public static VectorsOutput toOutput(Map<String, float[]> vectors) {
        if (vectors.containsKey(UNNAMED)) {
            return VectorsOutput.newBuilder()
                    .setVector(output(vectors.get(UNNAMED)))
                    .build();
        }
        var named = NamedVectorsOutput.newBuilder();
        vectors.forEach((name, vector) -> named.putVectors(name, output(vector)));
        return VectorsOutput.newBuilder().setVectors(named).build();
    }

    @SuppressWarnings("deprecation") // older clients read this field, newer ones read the other
    private static VectorOutput output(float[] vector) {
        var dense = dense(vector);
        return VectorOutput.newBuilder()
                .addAllData(dense.getDataList())
                .setDense(dense)
                .build();
    }

    private static DenseVector dense(float[] vector) {
        var dense = DenseVector.newBuilder();
        for (var component : vector) {
            dense.addData(component);
        }
        return dense.build();
    }
}
