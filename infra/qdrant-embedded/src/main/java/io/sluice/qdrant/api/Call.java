package io.sluice.qdrant.api;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.qdrant.protocol.Bounds;
import io.sluice.qdrant.protocol.Rejection;
import io.sluice.qdrant.protocol.SupportedFields;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: checks its request, and sends its answer or its rejection. */
final class Call {
    private static final Logger log = LoggerFactory.getLogger(Call.class);

    private final long started = System.nanoTime();

    private Call() {}

    static <Q extends Message, A> void answer(Q request, StreamObserver<A> observer, BiFunction<Q, Call, A> handler) {
        A answer;
        try {
            SupportedFields.require(request);
            Bounds.require(request);
            answer = handler.apply(request, new Call());
        } catch (Rejection refused) {
            observer.onError(refused.status().asRuntimeException());
            return;
        } catch (RuntimeException failure) {
            log.atError()
                    .addKeyValue("request", request.getDescriptorForType().getName())
                    .setCause(failure)
                    .log("request failed");
            observer.onError(Status.INTERNAL
                    .withDescription("Service internal error: " + failure.getMessage())
                    .withCause(failure)
                    .asRuntimeException());
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    /** {@return the seconds that this call has taken so far, which every answer reports} */
    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
