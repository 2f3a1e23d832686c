package io.sluice.gateway.access.token;

import io.micronaut.http.HttpHeaders;
import io.sluice.gateway.access.Accounts;
import io.sluice.web.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The token that a request carries. */
sealed interface SentToken {
    /** A token that a user got by signing in. */
    record Jwt(String value) implements SentToken {}

    /** The key of a machine. */
    record Key(String value) implements SentToken {}

    /** The header for API keys, beside {@code Authorization: Bearer}. */
    String KEY_HEADER = "X-API-Key";

    String BEARER = "bearer ";

    /** Much longer than any token that a gateway makes. */
    int MAX = 4096;

    /**
     * {@return the token; empty when the request carries none}
     *
     * @throws ProblemException when it carries something that is no token, or several
     */
    static Optional<SentToken> of(HttpHeaders headers) {
        var sent = Stream.concat(
                        headers.getAll(HttpHeaders.AUTHORIZATION).stream().map(SentToken::bearer),
                        headers.getAll(KEY_HEADER).stream().map(SentToken::key))
                .distinct()
                .toList();
        if (sent.size() > 1) {
            throw Accounts.unauthenticated("Send one token; the request has " + sent.size() + ".");
        }
        return sent.stream().findFirst();
    }

    private static SentToken bearer(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw Accounts.unauthenticated("Send Authorization: Bearer, and then a token or an API key.");
        }
        var value = header.substring(BEARER.length()).strip();
        if (value.isEmpty() || value.length() > MAX) {
            throw invalid();
        }
        return value.startsWith(ApiKeySecret.PREFIX) ? key(value) : new Jwt(value);
    }

    private static SentToken key(String value) {
        if (!ApiKeySecret.isOne(value)) {
            throw invalid();
        }
        return new Key(value);
    }

    /** {@return the refusal of a token, whatever is wrong with it} */
    static ProblemException invalid() {
        return Accounts.unauthenticated("The token is not valid, or no longer; sign in again with POST /api/login.");
    }
}
