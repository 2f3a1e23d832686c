package io.sluice.gateway.limits;

/**
 * How far a caller is from a limit.
 *
 * @param remaining how many more the limit admits now
 * @param seconds how long until it admits all again; when the caller is refused, until it admits one again
 */
record Standing(RateLimit limit, long remaining, long seconds) {
    /** {@return the item of the header {@code RateLimit-Policy}} */
    String policy() {
        return "\"%s\";q=%d;w=%d".formatted(limit.name(), limit.perMinute(), OverlappingMinutes.MINUTE.toSeconds());
    }

    /** {@return the item of the header {@code RateLimit}} */
    String item() {
        return "\"%s\";r=%d;t=%d".formatted(limit.name(), remaining, seconds);
    }
}
