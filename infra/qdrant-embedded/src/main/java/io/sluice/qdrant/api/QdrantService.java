package io.sluice.qdrant.api;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc.QdrantImplBase;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;

/** Reports the version of Qdrant that this server stands in for. Clients compare it with their own. */
public final class QdrantService extends QdrantImplBase {
    private static final String VERSION = "1.18.0";

    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> observer) {
        Call.answer(
                request,
                observer,
                (_, _) -> HealthCheckReply.newBuilder()
                        .setTitle("qdrant - vector search engine (Sluice's local stand-in)")
                        .setVersion(VERSION)
                        .build());
    }
}
