package io.sluice.stores.qdrant;

import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import io.sluice.runtime.CallLimit;
import io.sluice.stores.OnDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gRPC channel to Qdrant, opened at the first call. Every call has a deadline. */
final class QdrantConnection implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /**
     * Room for a hundred hits with descriptions of 20,000 characters; the default of gRPC, 4 MiB, is too small for
     * that.
     */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final QdrantConfig config;
    private final OnDemand<ManagedChannel> channel = new OnDemand<>(this::open, QdrantConnection::shutdown);

    QdrantConnection(QdrantConfig config) {
        this.config = config;
    }

    <T> T points(Function<PointsBlockingStub, T> call) {
        return call(PointsGrpc.newBlockingStub(channel.get()), CallLimit.orLess(config.timeout()), call);
    }

    <T> T collections(Function<CollectionsBlockingStub, T> call) {
        return call(CollectionsGrpc.newBlockingStub(channel.get()), CallLimit.orLess(config.timeout()), call);
    }

    void probe() {
        call(
                QdrantGrpc.newBlockingStub(channel.get()),
                PROBE,
                stub -> stub.healthCheck(HealthCheckRequest.getDefaultInstance()));
    }

    /** As {@link #points}, with the short deadline of a probe. */
    <T> T probe(Function<PointsBlockingStub, T> call) {
        return call(PointsGrpc.newBlockingStub(channel.get()), PROBE, call);
    }

    private <S extends AbstractBlockingStub<S>, T> T call(S stub, Duration deadline, Function<S, T> call) {
        try {
            return call.apply(stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                // gRPC would wait longer and longer, up to two minutes, before it connects again; callers do their own
                // waiting
                channel.get().resetConnectBackoff();
            }
            throw e;
        }
    }

    private ManagedChannel open() {
        var credentials = config.isTls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
        return Grpc.newChannelBuilderForAddress(config.host(), config.port(), credentials)
                .intercept(interceptors())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .build();
    }

    private List<ClientInterceptor> interceptors() {
        var interceptors = new ArrayList<ClientInterceptor>();
        var apiKey = config.apiKey();
        if (apiKey != null && !apiKey.isBlank()) {
            var headers = new Metadata();
            headers.put(API_KEY, apiKey);
            interceptors.add(MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        return interceptors;
    }

    private static void shutdown(ManagedChannel channel) {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(PROBE.toSeconds(), TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
