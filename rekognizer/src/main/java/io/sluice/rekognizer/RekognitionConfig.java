package io.sluice.rekognizer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.regex.Pattern;

/**
 * What the rekognizers of a deployment ask of Rekognition.
 *
 * @param collection the collection of faces; made when it is missing. Deployments that share an account need different
 *     ones
 * @param tps how many calls a second all rekognizers make together, at most. Keep it at four fifths of the account's quota.
 *     When AWS throttles, they make fewer, and slowly more again
 * @param dailyCalls how many paid calls all rekognizers make in a day of UTC, at most; 0 for no limit
 */
@ConfigurationProperties("sluice.rekognition")
public record RekognitionConfig(
        @Bindable(defaultValue = "sluice") String collection,
        @Bindable(defaultValue = "40") double tps,
        @Bindable(defaultValue = "0") long dailyCalls) {
    private static final Pattern COLLECTION = Pattern.compile("[a-zA-Z0-9_.\\-]{1,255}");
    private static final double LEAST_TPS = 0.1;
    private static final double MOST_TPS = 10_000;

    public RekognitionConfig {
        if (!COLLECTION.matcher(collection).matches()) {
            throw new IllegalArgumentException(
                    "sluice.rekognition.collection must match " + COLLECTION + ", is '" + collection + "'");
        }
        if (!(tps >= LEAST_TPS && tps <= MOST_TPS)) {
            throw new IllegalArgumentException(
                    "sluice.rekognition.tps must be between %s and %s, is %s".formatted(LEAST_TPS, MOST_TPS, tps));
        }
        if (dailyCalls < 0) {
            throw new IllegalArgumentException("sluice.rekognition.daily-calls must be 0 or more, is " + dailyCalls);
        }
    }
}
