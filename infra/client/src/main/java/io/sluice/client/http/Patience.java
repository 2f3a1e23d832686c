package io.sluice.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Repeats a call while the server is away or cannot do it now. The first pause is 200 ms; each later one is twice as long,
 * up to 5 s. A pause is longer when the server asks for more in {@code Retry-After}.
 */
public final class Patience {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration bound;
    private final Consumer<IOException> firstFailure;

    /**
     * @param bound how long a call is repeated, counted from its first failure
     * @param firstFailure gets the first failure of a call that will be repeated
     */
    public Patience(Duration bound, Consumer<IOException> firstFailure) {
        this.bound = bound;
        this.firstFailure = firstFailure;
    }

    /** {@return a patience of one try} */
    public static Patience none() {
        return new Patience(Duration.ZERO, _ -> {});
    }

    /** One try. An {@link IOException} asks for another one. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /**
     * Repeats a call until the server answers with a status below 500.
     *
     * @throws IOException the last failure, when the bound is reached
     */
    public <T> Answer<T> ask(Attempt<Answer<T>> call) throws IOException {
        return until(() -> {
            var answer = call.make();
            if (answer instanceof Answer.Refused<T> refused && refused.status() / 100 == 5) {
                throw new TryAgainException(refused);
            }
            return answer;
        });
    }

    /**
     * Repeats an attempt until it succeeds.
     *
     * @throws IOException the last failure, when the bound is reached
     */
    public <T> T until(Attempt<T> attempt) throws IOException {
        var deadline = Long.MAX_VALUE;
        for (var pause = FIRST; ; pause = shorter(pause.multipliedBy(2), LONGEST)) {
            try {
                return attempt.make();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                var isFirst = deadline == Long.MAX_VALUE;
                if (isFirst) {
                    deadline = System.nanoTime() + bound.toNanos();
                }
                var left = Duration.ofNanos(deadline - System.nanoTime());
                if (pause.compareTo(left) > 0) {
                    throw e;
                }
                if (isFirst) {
                    firstFailure.accept(e);
                }
                LockSupport.parkNanos(longer(pause, shorter(asked(e), left)).toNanos());
            }
        }
    }

    private static Duration asked(IOException e) {
        return e instanceof TryAgainException later ? later.retryAfter() : Duration.ZERO;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
