package io.sluice.qdrant.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SupportedFieldsTest {
    private static final List<Descriptor> REQUESTS = List.of(
            Collections.CreateCollection.getDescriptor(),
            Collections.GetCollectionInfoRequest.getDescriptor(),
            Collections.DeleteCollection.getDescriptor(),
            Collections.CollectionExistsRequest.getDescriptor(),
            Collections.ChangeAliases.getDescriptor(),
            Collections.ListCollectionAliasesRequest.getDescriptor(),
            Points.UpsertPoints.getDescriptor(),
            Points.DeletePoints.getDescriptor(),
            Points.GetPoints.getDescriptor(),
            Points.SetPayloadPoints.getDescriptor(),
            Points.DeletePayloadPoints.getDescriptor(),
            Points.ClearPayloadPoints.getDescriptor(),
            Points.CreateFieldIndexCollection.getDescriptor(),
            Points.DeleteFieldIndexCollection.getDescriptor(),
            Points.QueryPoints.getDescriptor(),
            Points.QueryBatchPoints.getDescriptor(),
            Points.ScrollPoints.getDescriptor(),
            Points.CountPoints.getDescriptor(),
            Points.FacetCounts.getDescriptor());

    /** Every message that a supported request can hold in its allowed fields. */
    static Set<Descriptor> reachable() {
        var seen = new LinkedHashSet<Descriptor>(REQUESTS);
        var open = new ArrayDeque<>(REQUESTS);
        while (!open.isEmpty()) {
            var message = open.remove();
            message.getFields().stream()
                    .filter(FieldRules.of(message)::allows)
                    .filter(field -> field.getJavaType() == JavaType.MESSAGE)
                    .map(FieldDescriptor::getMessageType)
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return seen;
    }

    static Stream<FieldDescriptor> refusedFields() {
        return reachable().stream()
                .flatMap(message -> message.getFields().stream()
                        .filter(field -> !FieldRules.of(message).allows(field)));
    }

    static Stream<FieldDescriptor> allowedFields() {
        return reachable().stream()
                .filter(message -> !message.getOptions().getMapEntry())
                .flatMap(message -> message.getFields().stream().filter(FieldRules.of(message)::allows));
    }

    @ParameterizedTest
    @MethodSource("refusedFields")
    void refusesByNameEveryFieldThatTheTableDoesNotAllow(FieldDescriptor field) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> SupportedFields.require(holding(field)))
                .satisfies(refused -> assertThat(refused.status().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED))
                .withMessageContaining(field.getContainingType().getName() + "." + field.getName());
    }

    @ParameterizedTest
    @MethodSource("allowedFields")
    void letsTheOthersPass(FieldDescriptor field) {
        assertThatCode(() -> SupportedFields.require(holding(field))).doesNotThrowAnyException();
    }

    @Test
    void knowsARuleForEveryMessageARequestCanHold() {
        assertThat(reachable())
                .filteredOn(message -> !message.getOptions().getMapEntry())
                .filteredOn(message -> !message.getFields().isEmpty())
                .allSatisfy(message -> assertThat(message.getFields())
                        .as(message.getFullName())
                        .anyMatch(FieldRules.of(message)::allows));
    }

    @Test
    void refusesWhatItHasNotDecidedOn() {
        var undecided = refusedFields().map(FieldDescriptor::getFullName).toList();
        assertThat(undecided)
                .contains(
                        "qdrant.QueryPoints.lookup_from",
                        "qdrant.UpsertPoints.shard_key_selector",
                        "qdrant.Query.formula",
                        "qdrant.VectorParams.multivector_config",
                        "qdrant.ScrollPoints.order_by",
                        "qdrant.CreateCollection.strict_mode_config")
                .allSatisfy(name -> assertThat(name).startsWith("qdrant."));
    }

    @Test
    void findsAFieldAtAnyDepth() {
        var request = QueryPoints.newBuilder()
                .addPrefetch(Points.PrefetchQuery.newBuilder()
                        .addPrefetch(Points.PrefetchQuery.newBuilder()
                                .setQuery(Query.newBuilder().setSample(Points.Sample.Random))))
                .build();
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> SupportedFields.require(request))
                .withMessageContaining("QueryPoints.prefetch.prefetch.query.sample");
    }

    @Test
    void refusesFieldsAndValuesNewerThanItself() {
        var newer = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var request = UpsertPoints.newBuilder()
                .addPoints(PointStruct.newBuilder()
                        .putPayload(
                                "a", Value.newBuilder().setUnknownFields(newer).build()))
                .build();
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> SupportedFields.require(request))
                .withMessageContaining("field number 99 of UpsertPoints.points.payload");
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> SupportedFields.require(
                        UpsertPoints.newBuilder().setUpdateModeValue(77).build()))
                .withMessageContaining("value 77 of UpsertPoints.update_mode");
    }

    @Test
    void letsOrdinaryRequestsPass() {
        var alias = AliasOperations.newBuilder()
                .setCreateAlias(Collections.CreateAlias.newBuilder().setAliasName("a"));
        Stream.of(
                        CreateCollection.newBuilder().setCollectionName("c").build(),
                        ChangeAliases.newBuilder().addActions(alias).build(),
                        UpsertPoints.newBuilder()
                                .setUpdateFilter(Filter.getDefaultInstance())
                                .addPoints(PointStruct.newBuilder()
                                        .setId(PointId.newBuilder().setNum(1)))
                                .build())
                .forEach(request ->
                        assertThatCode(() -> SupportedFields.require(request)).doesNotThrowAnyException());
    }

    /** A message with one field set to some value. */
    private static Message holding(FieldDescriptor field) {
        var message = DynamicMessage.newBuilder(field.getContainingType());
        var value = anything(field);
        return (field.isRepeated() ? message.addRepeatedField(field, value) : message.setField(field, value)).build();
    }

    private static Object anything(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case STRING -> "x";
            case BYTE_STRING -> com.google.protobuf.ByteString.EMPTY;
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> DynamicMessage.getDefaultInstance(field.getMessageType());
        };
    }
}
