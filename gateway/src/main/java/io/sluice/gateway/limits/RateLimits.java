package io.sluice.gateway.limits;

import io.micronaut.http.HttpRequest;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits how often each caller may do something within a minute. */
@Singleton
public final class RateLimits {
    private final Buckets buckets;
    private final Clock clock;

    RateLimits(Buckets buckets, Clock clock) {
        this.buckets = buckets;
        this.clock = clock;
    }

    /** {@return limits that count in memory, without Postgres, for tests} */
    public static RateLimits inMemory(Clock clock) {
        return new RateLimits(new LocalBuckets(clock), clock);
    }

    /** One that was taken from each counter. */
    @FunctionalInterface
    public interface Permit {
        /**
         * Gives back what was taken, so that it does not count. A second call has no effect. After a minute there is
         * nothing to give back.
         */
        void giveBack();
    }

    /**
     * Takes one from each counter, or none from any. The answer to the request, whatever it is, will have the headers
     * {@code RateLimit} and {@code RateLimit-Policy} of these limits.
     *
     * @throws ProblemException when a counter is used up. After the time in its {@code Retry-After} header, each of
     *     these counters admits the caller, unless other calls have used it up again
     */
    public Permit take(HttpRequest<?> request, Counter... counters) {
        var attempts = Arrays.stream(counters).map(buckets::take).toList();
        var longest =
                attempts.stream().filter(attempt -> !attempt.isTaken()).max(Comparator.comparingLong(Attempt::seconds));
        if (longest.isPresent()) {
            giveBack(request, attempts);
            throw longest.get().refusal();
        }
        RateLimitHeaders.set(request, attempts.stream().map(Attempt::standing).toList());
        return permit(request, attempts);
    }

    private Permit permit(HttpRequest<?> request, List<Attempt> attempts) {
        var end = clock.instant().plus(OverlappingMinutes.MINUTE);
        var isGivenBack = new AtomicBoolean();
        return () -> {
            if (!isGivenBack.getAndSet(true) && clock.instant().isBefore(end)) {
                giveBack(request, attempts);
            }
        };
    }

    private void giveBack(HttpRequest<?> request, List<Attempt> attempts) {
        attempts.stream().filter(Attempt::isTaken).forEach(Attempt::giveBack);
        RateLimitHeaders.set(
                request, attempts.stream().map(Attempt::standingWithoutIt).toList());
    }
}
