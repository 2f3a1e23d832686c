package io.sluice.stores.postgres;

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
 * Asks Postgres what a caller can do without. After a failure, one caller in five seconds asks again; the others have
 * no answer at once, so that callers do not wait for Postgres again and again.
 */
public final class OptionalAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(OptionalAnswers.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** The value of {@link #nextQuestion} while Postgres answers. */
    private static final Instant AT_ONCE = Instant.MIN;

    private final String purpose;
    private final String instead;
    private final Clock clock;
    private Instant nextQuestion = AT_ONCE;

    /**
     * Remembers whether Postgres answers for one purpose.
     *
     * @param purpose what the answers are for, such as {@code accounts}
     * @param instead what the caller does without them, for the log
     */
    public OptionalAnswers(String purpose, String instead, Clock clock) {
        this.purpose = purpose;
        this.instead = instead;
        this.clock = clock;
    }

    /** {@return the answer; empty when Postgres is away} */
    public <T> Optional<T> ask(Supplier<T> question) {
        if (!mayAsk()) {
            return Optional.empty();
        }
        try {
            var answer = question.get();
            succeeded();
            return Optional.of(answer);
        } catch (RuntimeException e) {
            failed(e);
            return Optional.empty();
        }
    }

    /** As {@link #ask}, in a thread of its own. {@return the answer; empty when it does not come within this time} */
    public <T> Optional<T> askWithin(Duration atMost, Supplier<T> question) {
        if (!mayAsk()) {
            return Optional.empty();
        }
        try {
            var answer = CompletableFuture.supplyAsync(
                            question, task -> Thread.ofVirtual().name(purpose).start(task))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            succeeded();
            return Optional.of(answer);
        } catch (ExecutionException | TimeoutException e) {
            failed(e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for Postgres", e);
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
            LOG.atInfo().addKeyValue("purpose", purpose).log("Postgres answers again");
        }
    }

    private synchronized void failed(Exception e) {
        if (!isAway()) {
            LOG.atWarn()
                    .addKeyValue("purpose", purpose)
                    .addKeyValue("instead", instead)
                    .addKeyValue("reason", String.valueOf(e.getCause() == null ? e : e.getCause()))
                    .log("Postgres does not answer");
        }
        nextQuestion = clock.instant().plus(PAUSE);
    }

    private boolean isAway() {
        return !nextQuestion.equals(AT_ONCE);
    }
}
