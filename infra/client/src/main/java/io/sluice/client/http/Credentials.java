package io.sluice.client.http;

import java.io.IOException;
import java.util.Optional;

/** Supplies the token that each call carries. Threads may share it. */
public interface Credentials {
    /**
     * Returns the token for the next call; empty when the call goes without one.
     *
     * @throws IOException when a server that it must ask does not answer
     */
    Optional<String> token() throws IOException;

    /**
     * Looks for another token, after the server refused one with 401.
     *
     * @return whether the call should be repeated, with what {@link #token} returns now
     */
    boolean replace(String refused) throws IOException;

    /** {@return credentials of a caller without a token} */
    static Credentials none() {
        return new FixedToken(Optional.empty());
    }

    /** {@return credentials with one token, such as an API key} */
    static Credentials of(String token) {
        return new FixedToken(Optional.of(token));
    }
}
