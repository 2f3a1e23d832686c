package io.sluice.local;

import org.jspecify.annotations.Nullable;

/** A service cannot start or does not become ready. The message is one sentence for the person at the keyboard. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(Service service, Throwable cause) {
        super("The %s did not start: %s".formatted(service.title(), innermost(cause)), cause);
    }

    StartException(String message) {
        super(message);
    }

    /** The first cause says what is wrong; those around it say only who noticed. */
    private static String innermost(Throwable thrown) {
        var cause = thrown;
        for (@Nullable Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
            cause = next;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
