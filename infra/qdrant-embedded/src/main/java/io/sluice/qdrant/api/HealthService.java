package io.sluice.qdrant.api;

import grpc.health.v1.HealthCheck.HealthCheckRequest;
import grpc.health.v1.HealthCheck.HealthCheckResponse;
import grpc.health.v1.HealthCheck.HealthCheckResponse.ServingStatus;
import grpc.health.v1.HealthGrpc.HealthImplBase;
import io.grpc.stub.StreamObserver;

/**
 * gRPC's standard health service. It always answers SERVING, because the server serves all calls once it accepts
 * connections.
 */
public final class HealthService extends HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        Call.answer(
                request,
                observer,
                (_, _) -> HealthCheckResponse.newBuilder()
                        .setStatus(ServingStatus.SERVING)
                        .build());
    }
}
