package io.sluice.embedder.bundle;

/** A model cannot be used. The message is one sentence that says what to do. */
public final class UnusableModelException extends IllegalStateException {
    public UnusableModelException(String message) {
        super(message);
    }

    /**
     * Keeps another exception for the log, as a suppressed exception. It is not the cause, because code that shows the
     * message of the innermost cause must show this message.
     */
    public UnusableModelException(String message, Throwable thrown) {
        super(message);
        addSuppressed(thrown);
    }
}
