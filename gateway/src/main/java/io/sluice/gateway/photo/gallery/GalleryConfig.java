package io.sluice.gateway.photo.gallery;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of galleries.
 *
 * @param cacheSeconds for how many seconds a gateway keeps a page of a gallery at most, 30 to 120; 0 to keep none. A
 *     page that has changed is forgotten within a second
 */
@ConfigurationProperties("sluice.gallery")
public record GalleryConfig(@Bindable(defaultValue = "30") int cacheSeconds) {
    private static final int SHORTEST = 30;
    private static final int LONGEST = 120;

    public GalleryConfig {
        if (cacheSeconds != 0 && (cacheSeconds < SHORTEST || cacheSeconds > LONGEST)) {
            throw new IllegalArgumentException(
                    "sluice.gallery.cache-seconds (SLUICE_GALLERY_CACHE_SECONDS) must be 0, or between %d and %d, is %d"
                            .formatted(SHORTEST, LONGEST, cacheSeconds));
        }
    }

    /** {@return how long a page is kept at most; zero to keep none} */
    Duration longest() {
        return Duration.ofSeconds(cacheSeconds);
    }
}
