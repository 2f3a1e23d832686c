package io.sluice.qdrant;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.PointsGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A server on a free port with the real Java client connected to it. */
final class LocalQdrant implements AutoCloseable {
    private final QdrantServer server;
    private final QdrantGrpcClient grpc;
    private final QdrantClient client;

    private LocalQdrant(QdrantServer server, QdrantGrpcClient grpc) {
        this.server = server;
        this.grpc = grpc;
        this.client = new QdrantClient(grpc);
    }

    static LocalQdrant on(Path folder) {
        return on(folder, null, null);
    }

    static LocalQdrant on(Path folder, @Nullable String serverKey, @Nullable String clientKey) {
        var server = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, folder, serverKey));
        var grpc = QdrantGrpcClient.newBuilder("127.0.0.1", server.port(), false, false)
                .withTimeout(Duration.ofSeconds(30));
        if (clientKey != null) {
            grpc.withApiKey(clientKey);
        }
        return new LocalQdrant(server, grpc.build());
    }

    QdrantClient client() {
        return client;
    }

    PointsGrpc.PointsBlockingStub points() {
        return PointsGrpc.newBlockingStub(grpc.channel());
    }

    CollectionsGrpc.CollectionsBlockingStub collections() {
        return CollectionsGrpc.newBlockingStub(grpc.channel());
    }

    io.grpc.Channel channel() {
        return grpc.channel();
    }

    io.grpc.Channel channelWith(String header, String value) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
        return io.grpc.ClientInterceptors.intercept(grpc.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    QdrantServer server() {
        return server;
    }

    /** {@return the answer to a call of the asynchronous client} */
    static <T> T await(Future<T> call) {
        try {
            return call.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException | TimeoutException unanswered) {
            throw new AssertionError(unanswered);
        }
    }

    /** {@return the status with which a call is refused} */
    static Status refusal(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException refused) {
            return refused.getStatus();
        }
        throw new AssertionError("the call was not refused");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
