package io.sluice.rekognizer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * When two faces are taken for those of one person.
 *
 * @param threshold the least similarity, in percent. A higher one finds fewer photos of a person and mistakes fewer people.
 *     After a change, {@code ./sluice photos recognize} searches again with it
 */
@ConfigurationProperties("sluice.face")
public record FaceThreshold(@Bindable(defaultValue = "80") float threshold) {
    private static final float MOST = 100;

    public FaceThreshold {
        if (!(threshold >= 0 && threshold <= MOST)) {
            throw new IllegalArgumentException("sluice.face.threshold must be between 0 and 100, is " + threshold);
        }
    }
}
