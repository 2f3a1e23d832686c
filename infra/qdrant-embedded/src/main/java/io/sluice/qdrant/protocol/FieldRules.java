package io.sluice.qdrant.protocol;

import com.google.protobuf.Descriptors.Descriptor;
import io.qdrant.client.grpc.Collections;
import io.qdrant.client.grpc.Common;
import io.qdrant.client.grpc.JsonWithInt;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.QdrantOuterClass;
import io.sluice.qdrant.protocol.SupportedFields.Rule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The fields that each message may have. The fields in {@code honors} have the effect that Qdrant documents. The fields
 * in {@code accepts} have no effect here: they tune speed, memory or a cluster, and no answer depends on them.
 */
final class FieldRules {
    private static final Map<Descriptor, Rule> RULES = new HashMap<>();

    private FieldRules() {}

    /** {@return the rule of a message; the rule of a message that is not listed allows no field} */
    static Rule of(Descriptor message) {
        return RULES.getOrDefault(message, new Rule(message, List.of()));
    }

    private static void rule(Descriptor message, List<String> honored, List<String> accepted) {
        var allowed = Stream.concat(honored.stream(), accepted.stream()).toList();
        allowed.forEach(name -> {
            if (message.findFieldByName(name) == null) {
                throw new IllegalArgumentException(message.getName() + " has no field " + name);
            }
        });
        RULES.put(message, new Rule(message, allowed));
    }

    private static void rule(Descriptor message, List<String> honored) {
        rule(message, honored, List.of());
    }

    private static List<String> honors(String fields) {
        return Arrays.asList(fields.split(" "));
    }

    private static List<String> honors() {
        return List.of();
    }

    private static List<String> accepts(String fields) {
        return honors(fields);
    }

    static {
        collections();
        indexes();
        writes();
        reads();
        filters();
        values();
    }

    private static void collections() {
        rule(QdrantOuterClass.HealthCheckRequest.getDescriptor(), honors());
        rule(Collections.GetCollectionInfoRequest.getDescriptor(), honors("collection_name"));
        rule(Collections.ListCollectionsRequest.getDescriptor(), honors());
        rule(Collections.CollectionExistsRequest.getDescriptor(), honors("collection_name"));
        rule(
                Collections.CreateCollection.getDescriptor(),
                honors("collection_name vectors_config sharding_method metadata timeout"),
                accepts("hnsw_config wal_config optimizers_config shard_number on_disk_payload replication_factor"
                        + " write_consistency_factor quantization_config"));
        rule(Collections.VectorsConfig.getDescriptor(), honors("params params_map"));
        rule(Collections.VectorParamsMap.getDescriptor(), honors("map"));
        rule(
                Collections.VectorParams.getDescriptor(),
                honors("size distance datatype"),
                accepts("hnsw_config quantization_config on_disk"));
        rule(
                Collections.HnswConfigDiff.getDescriptor(),
                honors(),
                accepts("m ef_construct full_scan_threshold max_indexing_threads on_disk payload_m inline_storage"));
        rule(
                Collections.WalConfigDiff.getDescriptor(),
                honors(),
                accepts("wal_capacity_mb wal_segments_ahead wal_retain_closed"));
        rule(
                Collections.OptimizersConfigDiff.getDescriptor(),
                honors(),
                accepts("deleted_threshold vacuum_min_vector_number default_segment_number max_segment_size"
                        + " memmap_threshold indexing_threshold flush_interval_sec deprecated_max_optimization_threads"
                        + " max_optimization_threads prevent_unoptimized"));
        rule(Collections.MaxOptimizationThreads.getDescriptor(), honors(), accepts("value setting"));
        rule(Collections.QuantizationConfig.getDescriptor(), honors(), accepts("scalar product binary turboquant"));
        rule(Collections.ScalarQuantization.getDescriptor(), honors(), accepts("type quantile always_ram"));
        rule(Collections.ProductQuantization.getDescriptor(), honors(), accepts("compression always_ram"));
        rule(Collections.BinaryQuantization.getDescriptor(), honors(), accepts("always_ram encoding query_encoding"));
        rule(Collections.BinaryQuantizationQueryEncoding.getDescriptor(), honors(), accepts("setting"));
        rule(Collections.TurboQuantization.getDescriptor(), honors(), accepts("always_ram bits"));
        rule(Collections.DeleteCollection.getDescriptor(), honors("collection_name timeout"));
        rule(Collections.ChangeAliases.getDescriptor(), honors("actions timeout"));
        rule(Collections.AliasOperations.getDescriptor(), honors("create_alias rename_alias delete_alias"));
        rule(Collections.CreateAlias.getDescriptor(), honors("collection_name alias_name"));
        rule(Collections.RenameAlias.getDescriptor(), honors("old_alias_name new_alias_name"));
        rule(Collections.DeleteAlias.getDescriptor(), honors("alias_name"));
        rule(Collections.ListAliasesRequest.getDescriptor(), honors());
        rule(Collections.ListCollectionAliasesRequest.getDescriptor(), honors("collection_name"));
    }

    private static void indexes() {
        rule(
                Points.CreateFieldIndexCollection.getDescriptor(),
                honors("collection_name wait field_name field_type field_index_params timeout"),
                accepts("ordering"));
        rule(
                Points.DeleteFieldIndexCollection.getDescriptor(),
                honors("collection_name wait field_name timeout"),
                accepts("ordering"));
        rule(
                Collections.PayloadIndexParams.getDescriptor(),
                honors("keyword_index_params integer_index_params float_index_params bool_index_params"
                        + " datetime_index_params uuid_index_params"));
        var tuning = "on_disk enable_hnsw";
        rule(Collections.KeywordIndexParams.getDescriptor(), honors(), accepts("is_tenant " + tuning));
        rule(Collections.IntegerIndexParams.getDescriptor(), honors(), accepts("lookup range is_principal " + tuning));
        rule(Collections.FloatIndexParams.getDescriptor(), honors(), accepts("is_principal " + tuning));
        rule(Collections.BoolIndexParams.getDescriptor(), honors(), accepts(tuning));
        rule(Collections.DatetimeIndexParams.getDescriptor(), honors(), accepts("is_principal " + tuning));
        rule(Collections.UuidIndexParams.getDescriptor(), honors(), accepts("is_tenant " + tuning));
    }

    private static void writes() {
        rule(
                Points.UpsertPoints.getDescriptor(),
                honors("collection_name wait points update_filter timeout update_mode"),
                accepts("ordering"));
        rule(Points.DeletePoints.getDescriptor(), honors("collection_name wait points timeout"), accepts("ordering"));
        rule(
                Points.SetPayloadPoints.getDescriptor(),
                honors("collection_name wait payload points_selector timeout"),
                accepts("ordering"));
        rule(
                Points.DeletePayloadPoints.getDescriptor(),
                honors("collection_name wait keys points_selector timeout"),
                accepts("ordering"));
        rule(
                Points.ClearPayloadPoints.getDescriptor(),
                honors("collection_name wait points timeout"),
                accepts("ordering"));
        rule(Points.WriteOrdering.getDescriptor(), honors(), accepts("type"));
        rule(Points.PointsSelector.getDescriptor(), honors("points filter"));
        rule(Points.PointsIdsList.getDescriptor(), honors("ids"));
        rule(Points.PointStruct.getDescriptor(), honors("id payload vectors"));
        rule(Points.Vectors.getDescriptor(), honors("vector vectors"));
        rule(Points.NamedVectors.getDescriptor(), honors("vectors"));
        rule(Points.Vector.getDescriptor(), honors("data dense"));
        rule(Points.DenseVector.getDescriptor(), honors("data"));
    }

    private static void reads() {
        var cluster = "read_consistency timeout";
        rule(
                Points.GetPoints.getDescriptor(),
                honors("collection_name ids with_payload with_vectors"),
                accepts(cluster));
        rule(
                Points.ScrollPoints.getDescriptor(),
                honors("collection_name filter offset limit with_payload with_vectors"),
                accepts(cluster));
        rule(Points.CountPoints.getDescriptor(), honors("collection_name filter exact"), accepts(cluster));
        rule(Points.FacetCounts.getDescriptor(), honors("collection_name key filter limit exact"), accepts(cluster));
        rule(
                Points.QueryPoints.getDescriptor(),
                honors("collection_name prefetch query using filter score_threshold limit offset with_vectors"
                        + " with_payload"),
                accepts("params " + cluster));
        rule(
                Points.PrefetchQuery.getDescriptor(),
                honors("prefetch query using filter score_threshold limit"),
                accepts("params"));
        rule(Points.QueryBatchPoints.getDescriptor(), honors("collection_name query_points"), accepts(cluster));
        rule(Points.Query.getDescriptor(), honors("nearest fusion rrf"));
        rule(Points.Rrf.getDescriptor(), honors("k weights"));
        rule(Points.VectorInput.getDescriptor(), honors("id dense"));
        rule(Points.SearchParams.getDescriptor(), honors("exact"), accepts("hnsw_ef quantization indexed_only acorn"));
        rule(Points.QuantizationSearchParams.getDescriptor(), honors(), accepts("ignore rescore oversampling"));
        rule(Points.AcornSearchParams.getDescriptor(), honors(), accepts("enable max_selectivity"));
        rule(Points.ReadConsistency.getDescriptor(), honors(), accepts("type factor"));
        rule(Points.WithPayloadSelector.getDescriptor(), honors("enable include exclude"));
        rule(Points.PayloadIncludeSelector.getDescriptor(), honors("fields"));
        rule(Points.PayloadExcludeSelector.getDescriptor(), honors("fields"));
        rule(Points.WithVectorsSelector.getDescriptor(), honors("enable include"));
        rule(Points.VectorsSelector.getDescriptor(), honors("names"));
    }

    private static void filters() {
        rule(Common.Filter.getDescriptor(), honors("should must must_not min_should"));
        rule(Common.MinShould.getDescriptor(), honors("conditions min_count"));
        rule(Common.Condition.getDescriptor(), honors("field is_empty has_id filter is_null nested has_vector"));
        rule(
                Common.FieldCondition.getDescriptor(),
                honors("key match range values_count datetime_range is_empty is_null"));
        rule(
                Common.Match.getDescriptor(),
                honors(
                        "keyword integer boolean text keywords integers except_integers except_keywords phrase text_any"));
        rule(Common.RepeatedStrings.getDescriptor(), honors("strings"));
        rule(Common.RepeatedIntegers.getDescriptor(), honors("integers"));
        rule(Common.Range.getDescriptor(), honors("lt gt gte lte"));
        rule(Common.DatetimeRange.getDescriptor(), honors("lt gt gte lte"));
        rule(Common.ValuesCount.getDescriptor(), honors("lt gt gte lte"));
        rule(Common.IsEmptyCondition.getDescriptor(), honors("key"));
        rule(Common.IsNullCondition.getDescriptor(), honors("key"));
        rule(Common.HasIdCondition.getDescriptor(), honors("has_id"));
        rule(Common.HasVectorCondition.getDescriptor(), honors("has_vector"));
        rule(Common.NestedCondition.getDescriptor(), honors("key filter"));
    }

    private static void values() {
        rule(Common.PointId.getDescriptor(), honors("num uuid"));
        rule(com.google.protobuf.Timestamp.getDescriptor(), honors("seconds nanos"));
        rule(JsonWithInt.Struct.getDescriptor(), honors("fields"));
        rule(JsonWithInt.ListValue.getDescriptor(), honors("values"));
        rule(
                JsonWithInt.Value.getDescriptor(),
                honors("null_value double_value integer_value string_value bool_value struct_value list_value"));
        rule(grpc.health.v1.HealthCheck.HealthCheckRequest.getDescriptor(), honors("service"));
    }
}
