package io.sluice.pictures.photo;

import io.sluice.pictures.container.Inspection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a photo without decoding it.
 *
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param takenAt when it was taken, by its Exif block; null when that says nothing plausible
 */
public record PhotoFacts(int width, int height, @Nullable Instant takenAt) {
    /** Clocks of cameras are set by hand, and without a time zone they may be ahead by most of a day. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** {@return the facts of a photo; a time more than a day ahead of {@code now} is not plausible} */
    public static PhotoFacts of(Inspection.Accepted image, Instant now) {
        var takenAt = image.still().exif().takenAt();
        return new PhotoFacts(
                image.uprightWidth(),
                image.uprightHeight(),
                takenAt == null || takenAt.isAfter(now.plus(AHEAD)) ? null : takenAt);
    }
}
