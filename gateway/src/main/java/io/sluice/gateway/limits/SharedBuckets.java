package io.sluice.gateway.limits;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that all gateways share. While Postgres does not answer, this gateway counts alone, in new buckets. After a
 * failure, one caller in five seconds asks Postgres again. No caller waits for Postgres longer than a second.
 */
@Singleton
@Bean(typed = {Buckets.class, SharedBuckets.class})
final class SharedBuckets implements Buckets {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** The value of {@link #nextQuestion} while Postgres answers. */
    private static final Instant AT_ONCE = Instant.MIN;

    private final PostgresBuckets shared;
    private final LocalBuckets alone;
    private final Clock clock;
    private Instant nextQuestion = AT_ONCE;

    SharedBuckets(PostgresBuckets shared, LocalBuckets alone, Clock clock) {
        this.shared = shared;
        this.alone = alone;
        this.clock = clock;
    }

    @EventListener
    void connect(StartupEvent start) {
        Thread.ofVirtual().name("rate-limits-start").start(() -> {
            try {
                shared.connect();
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }

    @Override
    public Attempt take(Counter counter) {
        return ask(() -> shared.take(counter))
                .map(attempt -> new Attempt(counter, attempt.probe(), this))
                .orElseGet(() -> alone.take(counter));
    }

    /** When Postgres does not answer, the token stays away for the rest of its minute. */
    @Override
    public void giveBack(Counter counter) {
        ask(() -> {
            shared.giveBack(counter);
            return counter;
        });
    }

    private <T> Optional<T> ask(Supplier<T> question) {
        if (!mayAsk()) {
            return Optional.empty();
        }
        try {
            var answer = CompletableFuture.supplyAsync(
                            question,
                            task -> Thread.ofVirtual().name("rate-limits").start(task))
                    .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            succeeded();
            return Optional.of(answer);
        } catch (ExecutionException | TimeoutException e) {
            failed(e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it took a permit", e);
        }
    }

    private synchronized boolean mayAsk() {
        var now = clock.instant();
        if (now.isBefore(nextQuestion)) {
            return false;
        }
        if (isAway()) {
            nextQuestion = now.plus(PAUSE);
        }
        return true;
    }

    private synchronized void succeeded() {
        if (isAway()) {
            nextQuestion = AT_ONCE;
            LOG.info("Postgres answers, so rate limits are shared with the other gateways again");
        }
    }

    private synchronized void failed(Exception e) {
        if (!isAway()) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(e.getCause() == null ? e : e.getCause()))
                    .log("Postgres does not answer, so this gateway counts rate limits alone");
        }
        nextQuestion = clock.instant().plus(PAUSE);
    }

    private boolean isAway() {
        return !nextQuestion.equals(AT_ONCE);
    }
}
