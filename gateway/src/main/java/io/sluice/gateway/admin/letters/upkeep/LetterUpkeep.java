package io.sluice.gateway.admin.letters.upkeep;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.gateway.background.RepeatedTask;
import io.sluice.stores.letters.LetterTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the metrics of open letters up to date, and looks from time to time which letters have expired or soon will.
 * Every gateway does so and shows the same numbers.
 */
@Singleton
public final class LetterUpkeep implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration LOOK_FOR_EXPIRED = Duration.ofMinutes(10);

    private final LetterTable letters;
    private final LetterExpiry expiry;
    private final MultiGauge open;
    private final Clock clock;
    private final RepeatedTask task = new RepeatedTask("dead-letter-upkeep", INTERVAL, this::look);
    private Instant nextLook = Instant.MIN;

    LetterUpkeep(LetterTable letters, LetterExpiry expiry, MeterRegistry meters, Clock clock) {
        this.letters = letters;
        this.expiry = expiry;
        this.clock = clock;
        this.open = MultiGauge.builder("sluice.dead.letters.open")
                .description("dead letters that no admin has dealt with yet")
                .register(meters);
    }

    /** Begins, without waiting for Postgres or Kafka. */
    public void begin() {
        task.begin();
    }

    private boolean look() {
        open.register(
                letters.open().stream()
                        .map(count -> MultiGauge.Row.of(
                                Tags.of("pipeline", count.pipeline(), "code", count.code()), count.open()))
                        .toList(),
                true);
        var now = clock.instant();
        if (!now.isBefore(nextLook)) {
            expiry.look();
            nextLook = now.plus(LOOK_FOR_EXPIRED);
        }
        return true;
    }

    @Override
    @PreDestroy
    public void close() {
        task.close();
    }
}
