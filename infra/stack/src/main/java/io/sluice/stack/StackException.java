package io.sluice.stack;

import org.jspecify.annotations.Nullable;

/** A part of the local stack cannot start. The message is one sentence for the person at the keyboard. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
