package io.sluice.embedder.photo;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The settings of preparing photos.
 *
 * @param atOnce how many photos are prepared at a time; each is in memory from its fetch until its pictures are stored
 */
@ConfigurationProperties("embedder.photos")
record PhotoConfig(@Bindable(defaultValue = "3") int atOnce) {
    private static final int MOST = 64;

    PhotoConfig {
        if (atOnce < 1 || atOnce > MOST) {
            throw new IllegalArgumentException(
                    "embedder.photos.at-once must be between 1 and " + MOST + ", is " + atOnce);
        }
    }
}
