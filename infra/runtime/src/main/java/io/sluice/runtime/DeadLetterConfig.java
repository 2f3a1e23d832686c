package io.sluice.runtime;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of dead letters, under {@code sluice.dead-letters}.
 *
 * @param retention how long a dead-letter topic keeps its records, those of photos and faces 29 days at most; an existing
 *     topic keeps its own setting
 */
@ConfigurationProperties("sluice.dead-letters")
public record DeadLetterConfig(
        @Bindable(defaultValue = "30d") Duration retention) {
    private static final Duration SHORTEST = Duration.ofHours(1);

    public DeadLetterConfig {
        if (retention.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "sluice.dead-letters.retention must be one hour or more, is " + retention);
        }
    }

    /** {@return the defaults} */
    public static DeadLetterConfig ofDefaults() {
        return new DeadLetterConfig(Duration.ofDays(30));
    }
}
