package io.sluice.client.accounts;

import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies the access token of a session. It replaces the session before the token ends, or when the server refuses it: by
 * the refresh token, else by signing in again, if it knows a name and password. When neither gives a session, calls go
 * without a token, and {@link #refusal} says why.
 */
public final class SessionCredentials implements Credentials {
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(5);

    private final URI gateway;
    private final SessionStore store;
    private final LoginSource logins;
    private final Clock clock;
    private Optional<Session> current = Optional.empty();
    private Optional<Problem> refusal = Optional.empty();
    private Instant notBefore = Instant.MIN;
    /** The access token that the gateway refused last. */
    private String ended = "";

    /** Reads the name and password to sign in with; empty when they are not known. */
    @FunctionalInterface
    public interface LoginSource {
        Optional<Login> read() throws IOException;
    }

    /**
     * Prepares credentials; the first call signs in, if the store has no session.
     *
     * @param logins is asked whenever the refresh token does not help
     */
    public SessionCredentials(URI gateway, SessionStore store, LoginSource logins, Clock clock) {
        this.gateway = gateway;
        this.store = store;
        this.logins = logins;
        this.clock = clock;
    }

    /** {@return credentials that sign in with a name and password, and keep the session in memory} */
    public static SessionCredentials signingIn(URI gateway, LoginSource logins) {
        return new SessionCredentials(gateway, SessionStore.inMemory(), logins, Clock.systemUTC());
    }

    @Override
    public synchronized Optional<String> token() throws IOException {
        if (!isFresh(current)) {
            current = store.read();
        }
        if (!isFresh(current) && !clock.instant().isBefore(notBefore)) {
            current = renewed();
        }
        // one that could not be renewed is good until its end
        return current.filter(session -> isAccepted(session) && clock.instant().isBefore(session.expiresAt()))
                .map(Session::accessToken);
    }

    /** Returns true: without another session the call is repeated without a token. */
    @Override
    public synchronized boolean replace(String refused) {
        ended = refused;
        return true;
    }

    /** {@return why calls go without a token, although there was a session or a password; empty when they do not} */
    public synchronized Optional<Problem> refusal() {
        return refusal;
    }

    private boolean isFresh(Optional<Session> session) {
        return session.filter(one -> isAccepted(one) && one.isFresh(clock.instant()))
                .isPresent();
    }

    private boolean isAccepted(Session session) {
        return !session.accessToken().equals(ended);
    }

    private Optional<Session> renewed() throws IOException {
        try (var signIn = new SignIn(gateway, clock)) {
            // another process may have renewed it meanwhile; a session that cannot be renewed is kept, as it may be
            // later
            return store.replace(
                    kept -> isFresh(kept) ? kept : next(signIn, kept).or(() -> kept));
        }
    }

    private Optional<Session> next(SignIn signIn, Optional<Session> kept) throws IOException {
        notBefore = Instant.MIN;
        var next = kept.isPresent() ? accepted(signIn.refresh(kept.get())) : Optional.<Session>empty();
        if (next.isEmpty()) {
            var login = logins.read();
            next = login.isPresent() ? accepted(signIn.login(login.get())) : next;
        }
        if (next.isEmpty() && notBefore.equals(Instant.MIN)) {
            notBefore = clock.instant().plus(TRY_AGAIN_AFTER);
        }
        return next;
    }

    private Optional<Session> accepted(Answer<Session> answer) {
        return switch (answer) {
            case Success<Session>(var _, var session) -> {
                refusal = Optional.empty();
                notBefore = Instant.MIN;
                yield Optional.of(session);
            }
            case Refused<Session>(var problem, var retryAfter) -> {
                refusal = Optional.of(problem);
                notBefore = clock.instant().plus(retryAfter.isZero() ? TRY_AGAIN_AFTER : retryAfter);
                yield Optional.empty();
            }
        };
    }
}
