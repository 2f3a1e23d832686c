package io.sluice.rekognizer.limits;

import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_UNAVAILABLE;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.IndexedFaces;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.stores.limits.CallRateTable.Turn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A face service that keeps within the account's means. Each call first gets a permit, then waits for its turn. A call that
 * Rekognition throttles is repeated later, so that throttling costs time and nothing else. When no call at all has passed for
 * half a minute, the call fails as an outage, and the pipeline waits until a probe passes.
 */
final class LimitedFaceService implements FaceService {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Shorter than the five minutes after which a batch counts as stalled. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

    private final FaceService provider;
    private final CallPermits permits;
    private final CallPace pace;
    private final CallMeters meters;
    private final DoubleSupplier random;
    private volatile @Nullable String modelVersion;
    private volatile long lastSuccess = System.nanoTime();

    /** @param random gives numbers from 0 to 1 */
    LimitedFaceService(
            FaceService provider, CallPermits permits, CallPace pace, CallMeters meters, DoubleSupplier random) {
        this.provider = provider;
        this.permits = permits;
        this.pace = pace;
        this.meters = meters;
        this.random = random;
    }

    @Override
    public IndexedFaces index(byte[] image, String externalImageId, int maxFaces) {
        var found = limited("IndexFaces", true, () -> provider.index(image, externalImageId, maxFaces));
        modelVersion = found.modelVersion();
        return found;
    }

    @Override
    public List<FaceMatch> search(String faceId, float threshold) {
        return limited("SearchFaces", true, () -> provider.search(faceId, threshold));
    }

    @Override
    public Set<String> delete(Collection<String> faceIds) {
        return limited("DeleteFaces", false, () -> provider.delete(faceIds));
    }

    @Override
    public List<String> facesOf(String externalImageId) {
        return limited("ListFaces", false, () -> provider.facesOf(externalImageId));
    }

    @Override
    public String modelVersion() {
        var known = modelVersion;
        if (known == null) {
            known = limited("DescribeCollection", false, provider::modelVersion);
            modelVersion = known;
        }
        return known;
    }

    private <T> T limited(String operation, boolean isPaid, Supplier<T> call) {
        var began = System.nanoTime();
        try {
            for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
                try {
                    return permitted(operation, isPaid, call, LONGEST.minus(since(began)));
                } catch (FaceServiceException e) {
                    if (!e.isThrottled() || isHopeless(began)) {
                        throw e;
                    }
                }
                pace.pause(jittered(pause));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private boolean isHopeless(long began) {
        var passed = since(lastSuccess).compareTo(since(began)) < 0 ? since(lastSuccess) : since(began);
        return passed.compareTo(PATIENCE) > 0 || since(began).compareTo(LONGEST) > 0;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private <T> T permitted(String operation, boolean isPaid, Supplier<T> call, Duration patience)
            throws InterruptedException {
        try (var _ = permits.acquire(patience)) {
            return counted(operation, isPaid, call, pace.awaitTurn(isPaid));
        }
    }

    private <T> T counted(String operation, boolean isPaid, Supplier<T> call, Turn turn) {
        try {
            var result = call.get();
            lastSuccess = System.nanoTime();
            meters.succeeded(operation);
            return result;
        } catch (FaceServiceException e) {
            if (e.isThrottled()) {
                meters.throttled(operation);
                pace.throttled(isPaid, turn);
            } else {
                meters.failed(operation);
            }
            throw e;
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
    }

    /** Half the pause and a random part of the other half, so that calls do not come back together. */
    private Duration jittered(Duration pause) {
        return pause.dividedBy(2).plusNanos((long) (pause.toNanos() / 2.0 * random.getAsDouble()));
    }

    /** {@inheritDoc} Fails also while the budget is used up, and while Postgres, which has the limits, is away. */
    @Override
    public void probe() {
        try (var _ = permits.acquire(PROBE)) {
            pace.requireBudget();
            provider.probe();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FaceServiceException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FaceServiceException(
                new Retryable(REKOGNITION_UNAVAILABLE, "the rekognizer stops", Scope.DEPENDENCY, e));
    }
}
