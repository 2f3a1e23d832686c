package io.sluice.qdrant.api;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.OptimizerStatus;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.store.FieldIndexes;
import io.sluice.qdrant.store.VectorCollection;

/**
 * Makes the description of a collection for clients. Its status is always green, and its settings are those of the
 * create request.
 */
final class CollectionInfos {
    /** The real server's defaults for settings that the definition leaves out. */
    private static final HnswConfigDiff DEFAULT_HNSW = HnswConfigDiff.newBuilder()
            .setM(16)
            .setEfConstruct(100)
            .setFullScanThreshold(10_000)
            .setMaxIndexingThreads(0)
            .setOnDisk(false)
            .build();

    private CollectionInfos() {}

    static CollectionInfo of(VectorCollection collection) {
        var info = CollectionInfo.newBuilder()
                .setStatus(CollectionStatus.Green)
                .setOptimizerStatus(OptimizerStatus.newBuilder().setOk(true))
                .setSegmentsCount(1)
                .setPointsCount(collection.points().size())
                .setIndexedVectorsCount(0)
                .setConfig(config(collection.definition()));
        collection.indexes().forEach((field, index) -> info.putPayloadSchema(field, schema(collection, index)));
        return info.build();
    }

    private static CollectionConfig config(CreateCollection definition) {
        var config = CollectionConfig.newBuilder()
                .setParams(params(definition))
                .setHnswConfig(DEFAULT_HNSW.toBuilder().mergeFrom(definition.getHnswConfig()))
                .setOptimizerConfig(definition.getOptimizersConfig())
                .setWalConfig(definition.getWalConfig())
                .putAllMetadata(definition.getMetadataMap());
        if (definition.hasQuantizationConfig()) {
            config.setQuantizationConfig(definition.getQuantizationConfig());
        }
        return config.build();
    }

    private static CollectionParams params(CreateCollection definition) {
        return CollectionParams.newBuilder()
                .setVectorsConfig(definition.getVectorsConfig())
                .setOnDiskPayload(!definition.hasOnDiskPayload() || definition.getOnDiskPayload())
                .setShardNumber(definition.hasShardNumber() ? definition.getShardNumber() : 1)
                .setReplicationFactor(definition.hasReplicationFactor() ? definition.getReplicationFactor() : 1)
                .setWriteConsistencyFactor(
                        definition.hasWriteConsistencyFactor() ? definition.getWriteConsistencyFactor() : 1)
                .build();
    }

    private static PayloadSchemaInfo schema(VectorCollection collection, CreateFieldIndexCollection index) {
        var path = JsonPath.parse(index.getFieldName());
        var schema = PayloadSchemaInfo.newBuilder()
                .setDataType(FieldIndexes.schemaType(FieldIndexes.type(index)))
                .setPoints(collection.points().stream()
                        .filter(point -> !path.in(point.payload()).isEmpty())
                        .count());
        if (index.hasFieldIndexParams()) {
            schema.setParams(index.getFieldIndexParams());
        }
        return schema.build();
    }
}
