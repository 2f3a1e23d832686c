package io.sluice.embedder.bundle;

/** A model cannot be used as it is; the message is one sentence that says what to do. */
public final class UnusableModelException extends IllegalStateException {
    public UnusableModelException(String message) {
        super(message);
    }

    /**
     * Keeps what was thrown below for the log. It is not the cause: whoever looks for the innermost message is to find
     * this one.
     */
    public UnusableModelException(String message, Throwable thrown) {
        super(message);
        addSuppressed(thrown);
    }
}
