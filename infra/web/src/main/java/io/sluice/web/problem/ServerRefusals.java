package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the problem for a request that the HTTP server itself refuses. Each of our servers has one, because the text
 * depends on its calls.
 */
@FunctionalInterface
public interface ServerRefusals {
    /**
     * {@return the problem}
     *
     * @param cause the exception of the HTTP server; its message must not reach callers
     */
    Problem of(HttpStatus status, @Nullable Throwable cause);
}
