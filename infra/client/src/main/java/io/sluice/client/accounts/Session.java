package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.UnexpectedAnswerException;
import java.time.Duration;
import java.time.Instant;

/**
 * The tokens of a user who has signed in.
 *
 * @param accessToken goes with every call, for some minutes
 * @param refreshToken gets the next session, once
 * @param expiresAt when the access token ends, by the clock of this machine
 */
public record Session(String accessToken, String refreshToken, Instant expiresAt) {
    /** A token that ends within this time is replaced before the call. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Reads the session from the answer to a login at this time. */
    static Session of(JsonNode body, Instant now) {
        var access = body.path("access_token").asText();
        var refresh = body.path("refresh_token").asText();
        if (access.isEmpty() || refresh.isEmpty()) {
            throw new UnexpectedAnswerException("a session", "its tokens are missing");
        }
        return new Session(
                access, refresh, now.plusSeconds(body.path("expires_in").asLong()));
    }

    /** {@return whether the access token can be sent at this time} */
    boolean isFresh(Instant now) {
        return now.isBefore(expiresAt.minus(MARGIN));
    }

    /** Tokens are secrets. */
    @Override
    public String toString() {
        return "Session[until " + expiresAt + "]";
    }
}
