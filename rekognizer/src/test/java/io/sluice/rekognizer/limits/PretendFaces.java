package io.sluice.rekognizer.limits;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.IndexedFaces;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A face service that takes its time, throttles what is above its rate, and counts. */
final class PretendFaces implements FaceService {
    final AtomicInteger succeeded = new AtomicInteger();
    final AtomicInteger throttled = new AtomicInteger();
    final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Duration latency;
    private final long spacing;
    /** When the bucket of calls, which holds a second's worth, was empty or will be. */
    private long emptyAt = System.nanoTime();

    volatile boolean refuses;

    PretendFaces(Duration latency, double perSecond) {
        this.latency = latency;
        this.spacing = (long) (1e9 / perSecond);
    }

    private synchronized boolean admits() {
        var now = System.nanoTime();
        var next = Math.max(emptyAt, now - Duration.ofSeconds(1).toNanos()) + spacing;
        if (next > now) {
            return false;
        }
        emptyAt = next;
        return true;
    }

    private void call() {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            if (refuses || !admits()) {
                throttled.incrementAndGet();
                throw new FaceServiceException(
                        new Retryable(RekognizerFailure.REKOGNITION_THROTTLED, "too fast", Scope.DEPENDENCY));
            }
            LockSupport.parkNanos(latency.toNanos());
            succeeded.incrementAndGet();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    @Override
    public IndexedFaces index(byte[] image, String externalImageId, int maxFaces) {
        call();
        return new IndexedFaces("7.0", List.of());
    }

    @Override
    public List<FaceMatch> search(String faceId, float threshold) {
        call();
        return List.of();
    }

    @Override
    public Set<String> delete(Collection<String> faceIds) {
        call();
        return Set.copyOf(faceIds);
    }

    @Override
    public List<String> facesOf(String externalImageId) {
        call();
        return List.of();
    }

    @Override
    public String modelVersion() {
        call();
        return "7.0";
    }

    @Override
    public void probe() {
        if (refuses) {
            call();
        }
    }
}
