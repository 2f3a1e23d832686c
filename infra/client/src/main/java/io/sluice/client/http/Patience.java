package io.sluice.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Tries a call again while the server is away or cannot do it now: first after 200 ms, then less and less often, and not
 * before the time that the server names in {@code Retry-After}.
 */
public final class Patience {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration bound;
    private final Consumer<IOException> firstFailure;

    /**
     * @param bound how long a call is tried again after it failed, however long the first try took
     * @param firstFailure is told once in a call why it is tried again
     */
    public Patience(Duration bound, Consumer<IOException> firstFailure) {
        this.bound = bound;
        this.firstFailure = firstFailure;
    }

    /** {@return none at all: there is one try} */
    public static Patience none() {
        return new Patience(Duration.ZERO, _ -> {});
    }

    /** One try. An {@link IOException} asks for another. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /**
     * {@return how the server answered once it could} A status of 5xx is tried again.
     *
     * @throws IOException of the last try
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
     * {@return what the attempt gives once it succeeds}
     *
     * @throws IOException of the last try
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
