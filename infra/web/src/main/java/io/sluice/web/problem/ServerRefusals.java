package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What a server of ours says when the HTTP server refuses a request by itself. Each server knows its own calls. */
@FunctionalInterface
public interface ServerRefusals {
    /**
     * {@return the problem}
     *
     * @param cause what the HTTP server threw; its words are not for callers
     */
    Problem of(HttpStatus status, @Nullable Throwable cause);
}
