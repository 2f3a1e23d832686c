package io.sluice.qdrant;

import static io.sluice.qdrant.LocalQdrant.await;
import static io.sluice.qdrant.LocalQdrant.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Message;
import grpc.health.v1.HealthCheck.HealthCheckRequest;
import grpc.health.v1.HealthCheck.HealthCheckResponse.ServingStatus;
import grpc.health.v1.HealthGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.ShardKeySelector;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.SnapshotsGrpc;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that the stand-in refuses, and its messages. */
class RefusalsIT {
    private static final Set<String> SERVED = Set.of(
            "qdrant.Qdrant/HealthCheck",
            "qdrant.Collections/Get",
            "qdrant.Collections/List",
            "qdrant.Collections/Create",
            "qdrant.Collections/Delete",
            "qdrant.Collections/UpdateAliases",
            "qdrant.Collections/ListCollectionAliases",
            "qdrant.Collections/ListAliases",
            "qdrant.Collections/CollectionExists",
            "qdrant.Points/Upsert",
            "qdrant.Points/Delete",
            "qdrant.Points/Get",
            "qdrant.Points/SetPayload",
            "qdrant.Points/OverwritePayload",
            "qdrant.Points/DeletePayload",
            "qdrant.Points/ClearPayload",
            "qdrant.Points/CreateFieldIndex",
            "qdrant.Points/DeleteFieldIndex",
            "qdrant.Points/Scroll",
            "qdrant.Points/Count",
            "qdrant.Points/Query",
            "qdrant.Points/QueryBatch",
            "qdrant.Points/Facet");

    @Test
    void answersEveryOtherCallUnimplementedWithItsName(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            var served = new TreeSet<String>();
            Stream.of(
                            QdrantGrpc.getServiceDescriptor(),
                            CollectionsGrpc.getServiceDescriptor(),
                            PointsGrpc.getServiceDescriptor(),
                            SnapshotsGrpc.getServiceDescriptor())
                    .flatMap(service -> service.getMethods().stream())
                    .forEach(method -> {
                        var refused = callWithNothing(qdrant, method);
                        if (refused.getCode() == Status.Code.UNIMPLEMENTED) {
                            assertThat(refused.getDescription()).contains(method.getFullMethodName());
                        } else {
                            served.add(method.getFullMethodName());
                        }
                    });
            assertThat(served).containsExactlyInAnyOrderElementsOf(SERVED);
        }
    }

    private static <Q, A> Status callWithNothing(LocalQdrant qdrant, MethodDescriptor<Q, A> method) {
        var nothing = method.parseRequest(new java.io.ByteArrayInputStream(new byte[0]));
        assertThat(nothing).isInstanceOf(Message.class);
        assertThat(method.getSchemaDescriptor()).isInstanceOf(ProtoMethodDescriptorSupplier.class);
        try {
            ClientCalls.blockingUnaryCall(qdrant.channel(), method, CallOptions.DEFAULT, nothing);
            return Status.OK;
        } catch (io.grpc.StatusRuntimeException refused) {
            return refused.getStatus();
        }
    }

    @Test
    void namesTheFieldItCannotHonor(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            Samples.collection(qdrant, "c", 2, Distance.Dot);
            var sharded = GetPoints.newBuilder()
                    .setCollectionName("c")
                    .setShardKeySelector(ShardKeySelector.getDefaultInstance())
                    .build();
            var refused = refusal(() -> qdrant.points().get(sharded));
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
            assertThat(refused.getDescription()).contains("the field GetPoints.shard_key_selector");
        }
    }

    @Test
    void letsOnlyCallsWithTheKeyPass(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder, "s3cret", "s3cret")) {
            assertThat(await(qdrant.client().listCollectionsAsync())).isEmpty();
        }
        try (var qdrant = LocalQdrant.on(folder, "s3cret", null)) {
            var none = refusal(() -> qdrant.collections().list(ListCollectionsRequest.getDefaultInstance()));
            assertThat(none.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(none.getDescription()).isEqualTo("Must provide an API key or an Authorization bearer token");
            var wrong = refusal(() -> CollectionsGrpc.newBlockingStub(qdrant.channelWith("api-key", "guess"))
                    .list(ListCollectionsRequest.getDefaultInstance()));
            assertThat(wrong.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(CollectionsGrpc.newBlockingStub(qdrant.channelWith("authorization", "Bearer s3cret"))
                            .list(ListCollectionsRequest.getDefaultInstance())
                            .getCollectionsCount())
                    .isZero();
        }
    }

    @Test
    void saysThatItServes(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            var health = HealthGrpc.newBlockingStub(qdrant.channel()).check(HealthCheckRequest.getDefaultInstance());
            assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
            var version = await(qdrant.client().healthCheckAsync());
            assertThat(version.getVersion()).isEqualTo("1.18.0");
            assertThat(version.getTitle()).contains("stand-in");
        }
    }

    @Test
    void saysThatAPortIsTaken(@TempDir Path one, @TempDir Path other) {
        try (var qdrant = LocalQdrant.on(one)) {
            var config = new QdrantServer.Config("127.0.0.1", qdrant.server().port(), other, null);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> QdrantServer.start(config))
                    .withCauseInstanceOf(BindException.class)
                    .withMessageContaining("127.0.0.1:" + config.port());
        }
        LocalQdrant.on(other).close();
    }

    @Test
    void saysThatTheDataIsInUse(@TempDir Path folder) {
        try (var qdrant = LocalQdrant.on(folder)) {
            assertThat(qdrant.server().port()).isPositive();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> LocalQdrant.on(folder))
                    .withMessageContaining("another Qdrant stand-in");
        }
    }

    @Test
    void refusesSettingsThatCannotBe(@TempDir Path folder) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QdrantServer.Config("127.0.0.1", 70_000, folder, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new QdrantServer.Config("127.0.0.1", 0, folder, " "));
        assertThat(new QdrantServer.Config("127.0.0.1", 0, folder, "s3cret").toString())
                .doesNotContain("s3cret");
    }
}
