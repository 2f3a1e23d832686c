package io.sluice.client.accounts;

import java.io.IOException;
import java.util.Optional;

/** Keeps a session in this process. */
final class SessionInMemory implements SessionStore {
    private Optional<Session> session = Optional.empty();

    @Override
    public synchronized Optional<Session> read() {
        return session;
    }

    @Override
    public synchronized Optional<Session> replace(Change change) throws IOException {
        session = change.from(session);
        return session;
    }
}
