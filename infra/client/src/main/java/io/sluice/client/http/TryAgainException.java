package io.sluice.client.http;

import java.io.IOException;
import java.time.Duration;

/** The server answered that it cannot do the call now. The same call may succeed later. */
public final class TryAgainException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TryAgainException(String message) {
        super(message);
        this.retryAfter = Duration.ZERO;
    }

    /** @param refused its problem becomes the message */
    public TryAgainException(Answer.Refused<?> refused) {
        super(refused.problem().toString());
        this.retryAfter = refused.retryAfter();
    }

    /** {@return the pause that the server asks for; zero when it names none} */
    public Duration retryAfter() {
        return retryAfter;
    }
}
