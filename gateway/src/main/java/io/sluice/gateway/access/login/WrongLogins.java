package io.sluice.gateway.access.login;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.limits.LoginLimits;
import io.sluice.gateway.limits.RateLimits;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Limits how often a caller may guess: wrong logins count, for the account and for the address. */
@Singleton
final class WrongLogins {
    private final RateLimits limits;
    private final LoginLimits config;

    WrongLogins(RateLimits limits, LoginLimits config) {
        this.limits = limits;
        this.config = config;
    }

    /**
     * Counts the login before it checks the password, so that guesses at the same time count too, and no longer counts
     * it when it is right or could not be checked.
     *
     * @param login empty when it is wrong
     * @throws ProblemException 429 when too many were wrong, also for a right login
     */
    <T> Optional<T> limit(HttpRequest<?> request, String username, Supplier<Optional<T>> login) {
        var permit = limits.take(
                request,
                config.perAccount().of(username.toLowerCase(Locale.ROOT)),
                config.perAddress().of(Principal.of(request).address()));
        var isWrong = false;
        try {
            var result = login.get();
            isWrong = result.isEmpty();
            return result;
        } finally {
            if (!isWrong) {
                permit.giveBack();
            }
        }
    }
}
