package io.sluice.client.http;

import java.time.Duration;
import java.util.function.Function;

/**
 * How a server answered a call.
 *
 * @param <T> what a success holds
 */
public sealed interface Answer<T> {
    /** {@return the HTTP status} */
    int status();

    /**
     * Returns what the call asked for.
     *
     * @param failure makes the exception for a call that the server refused
     */
    <X extends Throwable> T orElseThrow(Function<Problem, X> failure) throws X;

    /**
     * Returns what the call asked for: for tests and benchmarks, where a refusal is a bug.
     *
     * @throws IllegalStateException when the server refused
     */
    default T orElseThrow() {
        return orElseThrow(problem -> new IllegalStateException(problem.toString()));
    }

    /** {@return the same answer; the value of a success is mapped} */
    default <U> Answer<U> map(Function<T, U> mapper) {
        return switch (this) {
            case Success<T>(var status, var value) -> new Success<>(status, mapper.apply(value));
            case Refused<T>(var problem, var retryAfter) -> new Refused<>(problem, retryAfter);
        };
    }

    /** {@return whether the status is 2xx} */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** The server did what the call asked for. */
    record Success<T>(int status, T value) implements Answer<T> {
        @Override
        public <X extends Throwable> T orElseThrow(Function<Problem, X> failure) {
            return value;
        }
    }

    /**
     * The server refused.
     *
     * @param retryAfter how long to wait before the next try; zero when the server does not say
     */
    record Refused<T>(Problem problem, Duration retryAfter) implements Answer<T> {
        @Override
        public int status() {
            return problem.status();
        }

        @Override
        public <X extends Throwable> T orElseThrow(Function<Problem, X> failure) throws X {
            throw failure.apply(problem);
        }
    }
}
