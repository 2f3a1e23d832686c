package io.sluice.client.accounts;

import java.io.IOException;
import java.util.Optional;

/** Keeps one session. Threads, and processes where it is a file, may share it. */
public interface SessionStore {
    /** {@return the session that is kept; empty when there is none} */
    Optional<Session> read() throws IOException;

    /**
     * Replaces the session in one step: no other thread or process reads or replaces it meanwhile. That is needed because a
     * refresh token can be used only once.
     *
     * @return what the change returned, which is kept
     */
    Optional<Session> replace(Change change) throws IOException;

    /** Makes the next session from the one that is kept. */
    @FunctionalInterface
    interface Change {
        Optional<Session> from(Optional<Session> kept) throws IOException;
    }

    /** {@return a store in memory, with no session yet} */
    static SessionStore inMemory() {
        return new SessionInMemory();
    }
}
