package io.sluice.gateway.limits;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.stores.postgres.OptionalAnswers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Buckets that all gateways share. While Postgres does not answer, this gateway counts alone, in new buckets. After a
 * failure, one caller in five seconds asks Postgres again. No caller waits for Postgres longer than a second.
 */
@Singleton
@Bean(typed = {Buckets.class, SharedBuckets.class})
final class SharedBuckets implements Buckets {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final PostgresBuckets shared;
    private final LocalBuckets alone;
    private final OptionalAnswers postgres;

    SharedBuckets(PostgresBuckets shared, LocalBuckets alone, Clock clock) {
        this.shared = shared;
        this.alone = alone;
        this.postgres = new OptionalAnswers("rate-limits", "this gateway counts alone", clock);
    }

    @EventListener
    void connect(StartupEvent start) {
        Thread.ofVirtual()
                .name("rate-limits-start")
                .start(() -> postgres.ask(() -> {
                    shared.connect();
                    return shared;
                }));
    }

    @Override
    public Attempt take(Counter counter) {
        return postgres.askWithin(LONGEST_WAIT, () -> shared.take(counter))
                .map(attempt -> new Attempt(counter, attempt.probe(), this))
                .orElseGet(() -> alone.take(counter));
    }

    /** When Postgres does not answer, the token stays away for the rest of its minute. */
    @Override
    public void giveBack(Counter counter) {
        postgres.askWithin(LONGEST_WAIT, () -> {
            shared.giveBack(counter);
            return counter;
        });
    }
}
