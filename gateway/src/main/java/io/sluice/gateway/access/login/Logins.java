package io.sluice.gateway.access.login;

import io.sluice.gateway.access.Accounts;
import io.sluice.gateway.access.token.AccessTokens;
import io.sluice.stores.accounts.Passwords;
import io.sluice.stores.accounts.RefreshTokenTable;
import io.sluice.stores.accounts.Secrets;
import io.sluice.stores.accounts.User;
import io.sluice.stores.accounts.UserTable;
import io.sluice.stores.accounts.UserTable.Credentials;
import io.sluice.stores.accounts.Username;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Signs users in. */
@Singleton
final class Logins {
    private final UserTable users;
    private final RefreshTokenTable refreshTokens;
    private final AccessTokens accessTokens;
    private final Passwords passwords;

    Logins(UserTable users, RefreshTokenTable refreshTokens, AccessTokens accessTokens, Passwords passwords) {
        this.users = users;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
    }

    /**
     * Checks a password, which takes much processor time; {@link PasswordChecks} limits how many do so at once.
     *
     * @return new tokens; empty when the name or the password is wrong, or the user is disabled
     * @throws ProblemException when Postgres is not available
     */
    Optional<TokenAnswer> login(String username, String password) {
        var known = Accounts.ask(() -> credentials(username));
        var matches =
                passwords.matches(password, known.map(Credentials::passwordHash).orElse(null));
        return known.filter(credentials -> matches && !credentials.user().disabled())
                .flatMap(credentials -> begin(credentials.user()));
    }

    /** A text that cannot be a name is the name of no user. */
    private Optional<Credentials> credentials(String username) {
        return Username.isOne(username)
                ? users.credentials(Username.of(username).value())
                : Optional.empty();
    }

    private Optional<TokenAnswer> begin(User user) {
        var refreshToken = Secrets.next();
        return Accounts.ask(() -> refreshTokens.add(user, Secrets.hash(refreshToken)))
                ? Optional.of(answer(user, refreshToken))
                : Optional.empty();
    }

    /**
     * {@return the next tokens; empty when the refresh token cannot be used}
     *
     * @throws ProblemException when Postgres is not available
     */
    Optional<TokenAnswer> refresh(String refreshToken) {
        var next = Secrets.next();
        return Accounts.ask(() -> refreshTokens.rotate(Secrets.hash(refreshToken), Secrets.hash(next)))
                .map(user -> answer(user, next));
    }

    private TokenAnswer answer(User user, String refreshToken) {
        return new TokenAnswer(accessTokens.issue(user), "bearer", AccessTokens.LIFETIME.toSeconds(), refreshToken);
    }
}
