package io.sluice.web.body;

import java.time.Duration;

/**
 * How fast a request body must arrive. Only the time counts in which the server waits for the sender: what the server
 * itself takes, such as for storing a file, is not the sender's fault.
 *
 * @param within the longest time that a whole body may take
 * @param setting the name of the setting of that time, for the refusal
 * @param grace the time in which no byte needs to arrive
 * @param bytesPerSecond the bytes that must arrive in each second after the grace
 */
public record BodyPace(Duration within, String setting, Duration grace, long bytesPerSecond) {
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    public BodyPace {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("the least rate of a body must be 1 byte a second or more");
        }
    }

    /** {@return this pace with another time for a whole body} */
    public BodyPace within(Duration time, String itsSetting) {
        return new BodyPace(time, itsSetting, grace, bytesPerSecond);
    }

    /** {@return how long the server waits at most, in nanoseconds, for a body of which so many bytes have arrived} */
    long nanosFor(long bytes) {
        return Math.min(within.toNanos(), grace.toNanos() + bytes / bytesPerSecond * NANOS);
    }

    /** {@return why a body of which so many bytes have arrived is refused} */
    String reason(long bytes) {
        return nanosFor(bytes) == within.toNanos()
                ? "The body did not arrive within " + within.toSeconds() + " s (" + setting + ")."
                : "Only " + bytes + " bytes of the body arrived in " + nanosFor(bytes) / NANOS + " s; after "
                        + grace.toSeconds() + " s, " + bytesPerSecond
                        + " bytes must arrive in each second (SLUICE_HTTP_BODY_LEAST_RATE).";
    }
}
