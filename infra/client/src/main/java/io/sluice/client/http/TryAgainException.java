package io.sluice.client.http;

import java.io.IOException;
import java.time.Duration;

/** The server answered, and may do later what it cannot do now. */
public final class TryAgainException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TryAgainException(String message) {
        super(message);
        this.retryAfter = Duration.ZERO;
    }

    /** @param refused whose problem becomes the message */
    public TryAgainException(Answer.Refused<?> refused) {
        super(refused.problem().toString());
        this.retryAfter = refused.retryAfter();
    }

    /** {@return how long the server wants us to wait; zero when it does not say} */
    public Duration retryAfter() {
        return retryAfter;
    }
}
