package io.sluice.rekognition.faults;

import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Rejection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All calls pass through here. It counts them, and makes the faults happen that a test has set. */
public final class Traffic {
    private final LongSupplier nanoTime;
    private int inFlight;
    private Period period;

    /** @param nanoTime the time in nanoseconds, as {@link System#nanoTime} tells it */
    public Traffic(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.period = new Period(Faults.NONE);
    }

    /**
     * What was called since the faults were set the last time.
     *
     * @param calls by operation, throttled ones too
     * @param succeeded calls that got an answer and no error
     * @param throttled calls that came too often, and those that a fault made so
     * @param maxInFlight most calls at the same time
     */
    public record Stats(Map<String, Long> calls, long succeeded, long throttled, int maxInFlight) {
        public Stats {
            calls = Map.copyOf(calls);
        }
    }

    /** The time from one setting of the faults to the next. */
    private final class Period {
        private final Faults faults;
        private final Optional<TokenBucket> bucket;
        private final Map<String, Long> calls = new TreeMap<>();
        private long succeeded;
        private long throttled;
        private long overRate;
        private int maxInFlight = inFlight;
        /** The share of an error that calls without one have saved up. */
        private double owed;

        private Period(Faults faults) {
            this.faults = faults;
            this.bucket = faults.callsPerSecond().isPresent()
                    ? Optional.of(new TokenBucket(faults.callsPerSecond().getAsDouble(), nanoTime))
                    : Optional.empty();
        }

        /** {@return what happens to the next call} */
        private Fate next() {
            if (bucket.isPresent() && !bucket.get().tryTake()) {
                var error = overRate++ % 2 == 0 ? ApiError.PROVISIONED_THROUGHPUT_EXCEEDED : ApiError.THROTTLING;
                return new Fate(Duration.ZERO, Optional.of(error));
            }
            owed += faults.error().isPresent() ? faults.share() : 0;
            if (owed < 1) {
                return new Fate(faults.latency(), Optional.empty());
            }
            owed--;
            return new Fate(faults.latency(), faults.error());
        }
    }

    /** What happens to a call: after a while it gets an error, or its answer. */
    private record Fate(Duration latency, Optional<ApiError> error) {}

    /** Ends all faults, sets these, and counts from zero. */
    public synchronized void set(Faults faults) {
        period = new Period(faults);
    }

    public synchronized Stats stats() {
        return new Stats(period.calls, period.succeeded, period.throttled, period.maxInFlight);
    }

    /**
     * Makes a call, or makes it fail. A call over the rate fails at once; another one takes the latency that was set.
     *
     * @throws Rejection of the call, or of a fault
     */
    public <R> R pass(String operation, Supplier<R> call) throws InterruptedException {
        Period during;
        Fate fate;
        synchronized (this) {
            during = period;
            during.calls.merge(operation, 1L, Long::sum);
            during.maxInFlight = Math.max(during.maxInFlight, ++inFlight);
            fate = during.next();
            if (fate.error().filter(ApiError::isThrottling).isPresent()) {
                during.throttled++;
            }
        }
        try {
            Thread.sleep(fate.latency());
            if (fate.error().isPresent()) {
                throw fate.error().get().rejection();
            }
            var answer = call.get();
            succeeded(during);
            return answer;
        } finally {
            left();
        }
    }

    private synchronized void succeeded(Period during) {
        during.succeeded++;
    }

    private synchronized void left() {
        inFlight--;
    }
}
