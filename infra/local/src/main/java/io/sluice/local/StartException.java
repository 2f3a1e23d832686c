package io.sluice.local;

/** A service cannot start or does not become ready. The message is one sentence for the user. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(Service service, Throwable cause) {
        super(
                "The %s did not start: %s"
                        .formatted(service.title(), cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
    }

    StartException(String message) {
        super(message);
    }
}
