package io.sluice.rekognition.faults;

import io.sluice.rekognition.protocol.ApiError;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What goes wrong until the next faults are set.
 *
 * @param callsPerSecond that are served; more are throttled
 * @param latency of each call that is served, beside its own time
 * @param error that is answered in place of an answer
 * @param share of the calls that get the error, 0 to 1
 */
public record Faults(OptionalDouble callsPerSecond, Duration latency, Optional<ApiError> error, double share) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(OptionalDouble.empty(), Duration.ZERO, Optional.empty(), 0);

    public Faults {
        if (callsPerSecond.isPresent() && !(callsPerSecond.getAsDouble() > 0)) {
            throw new IllegalArgumentException("tps must be above 0");
        }
        if (latency.isNegative() || latency.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("latency_ms must be between 0 and " + LONGEST.toMillis());
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be between 0 and 1");
        }
    }
}
