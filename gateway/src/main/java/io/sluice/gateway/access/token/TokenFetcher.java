package io.sluice.gateway.access.token;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.sluice.gateway.access.AccessProblem;
import io.sluice.gateway.access.token.AccessTokens.Claims;
import io.sluice.gateway.access.token.AccountLookup.Seen;
import io.sluice.gateway.door.AccessTable;
import io.sluice.stores.accounts.ApiKey;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.Secrets;
import io.sluice.stores.accounts.User;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Finds the account behind the token of a request. A request without a token has no account. A token that is not valid
 * ends the request with 401. Only calls that everybody may make, such as the login, do not look at the token: who signs
 * in may still send an old one.
 */
@Singleton
final class TokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
    private final AccessTokens tokens;
    private final AccountLookup accounts;
    private final ApiKeyUse use;
    private final Scheduler threads;

    TokenFetcher(
            AccessTokens tokens,
            AccountLookup accounts,
            ApiKeyUse use,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.use = use;
        this.threads = Schedulers.fromExecutor(threads);
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        if (AccessTable.isForEverybody(request)) {
            return Mono.empty();
        }
        try {
            return SentToken.of(request.getHeaders())
                    .map(token -> Mono.fromCallable(() -> account(token)).subscribeOn(threads))
                    .orElseGet(Mono::empty);
        } catch (ProblemException e) {
            return Mono.error(e);
        }
    }

    private Authentication account(SentToken token) {
        return switch (token) {
            case SentToken.Jwt(var value) -> user(tokens.check(value).orElseThrow(SentToken::invalid));
            case SentToken.Key(var value) -> key(value);
        };
    }

    /** A token of another generation than the user's is older than the last password, role or disabling. */
    private Authentication user(Claims claims) {
        return switch (accounts.user(claims.userId())) {
            case Seen.Now<User>(var user) when isCurrent(claims, user) -> authentication(user);
            case Seen.Before<User>(var user) when isCurrent(claims, user) -> authentication(user);
            case Seen.Before<User>(var user) when claims.generation() > user.tokenGeneration() -> bySignature(claims);
            case Seen.Unknown<User> _ -> bySignature(claims);
            case Seen.Now<User> _, Seen.Before<User> _, Seen.Gone<User> _ -> throw SentToken.invalid();
        };
    }

    private static boolean isCurrent(Claims claims, User user) {
        return claims.generation() == user.tokenGeneration() && !user.disabled();
    }

    /** For the time when Postgres is away and this gateway has not seen the user since the token was made. */
    private static Authentication bySignature(Claims claims) {
        return authentication(claims.userId(), claims.username(), claims.role());
    }

    private Authentication key(String secret) {
        return switch (accounts.key(Secrets.hash(secret))) {
            case Seen.Now<ApiKey>(var key) -> {
                use.note(key.id());
                yield authentication(key.id(), key.name(), key.role());
            }
            case Seen.Before<ApiKey>(var key) -> authentication(key.id(), key.name(), key.role());
            case Seen.Gone<ApiKey> _ -> throw SentToken.invalid();
            case Seen.Unknown<ApiKey> _ ->
                throw new ProblemException(
                        AccessProblem.ACCOUNTS_UNAVAILABLE,
                        "The API key cannot be checked now; try again in a moment.");
        };
    }

    private static Authentication authentication(User user) {
        return authentication(user.id(), user.username(), user.role());
    }

    private static Authentication authentication(UUID id, String name, Role role) {
        return Authentication.build(id.toString(), List.of(role.title()), Map.of("name", name));
    }
}
