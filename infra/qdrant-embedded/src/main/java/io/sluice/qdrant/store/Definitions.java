package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Datatype;
import io.qdrant.client.grpc.Collections.ShardingMethod;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.sluice.qdrant.protocol.Bounds;
import io.sluice.qdrant.protocol.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Validates the definition of a collection. */
final class Definitions {
    private static final int LONGEST_VECTOR_NAME = 200;
    private static final int LARGEST_VECTOR = 65_536;
    private static final String BARRED = "<>:\"\\|?*\u001f";

    private Definitions() {}

    static void validate(CreateCollection definition) {
        validateName(definition.getCollectionName());
        vectors(definition).forEach(Definitions::validateVector);
        if (definition.getShardingMethod() != ShardingMethod.Auto) {
            throw Rejection.unsupported("sharding_method %s".formatted(definition.getShardingMethod()));
        }
    }

    static void validateName(String name) {
        Bounds.requireName("collection_name", name);
        Bounds.requireNone("collection_name", name, BARRED);
    }

    /** {@return the parameters by vector name; an unnamed vector has the empty name} */
    static Map<String, VectorParams> vectors(CreateCollection definition) {
        var config = definition.getVectorsConfig();
        return switch (config.getConfigCase()) {
            case PARAMS -> Map.of(DenseVectors.UNNAMED, config.getParams());
            case PARAMS_MAP -> config.getParamsMap().getMapMap();
            case CONFIG_NOT_SET -> Map.of();
        };
    }

    private static void validateVector(String name, VectorParams params) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_VECTOR_NAME) {
            throw Rejection.invalidField("vector_name", "must be at most %d bytes".formatted(LONGEST_VECTOR_NAME));
        }
        if (params.getSize() < 1 || params.getSize() > LARGEST_VECTOR) {
            throw Rejection.invalidField(
                    "vectors.size",
                    "value %s invalid, must be from 1 to %d"
                            .formatted(Long.toUnsignedString(params.getSize()), LARGEST_VECTOR));
        }
        Metric.of(params.getDistance());
        if (params.getDatatype() != Datatype.Default && params.getDatatype() != Datatype.Float32) {
            throw Rejection.unsupported("datatype %s".formatted(params.getDatatype()));
        }
    }
}
