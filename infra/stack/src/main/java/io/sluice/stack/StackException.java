package io.sluice.stack;

import org.jspecify.annotations.Nullable;

/** A part of the local stack cannot start. The message is one sentence that tells the user what to do. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
