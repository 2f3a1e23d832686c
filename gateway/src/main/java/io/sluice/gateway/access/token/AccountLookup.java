package io.sluice.gateway.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.stores.accounts.AccountFinder;
import io.sluice.stores.accounts.ApiKey;
import io.sluice.stores.accounts.User;
import io.sluice.stores.postgres.OptionalAnswers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks up accounts in Postgres, and remembers what it saw last, for the time when Postgres is away. No request
 * waits longer than a second for Postgres.
 */
@Singleton
final class AccountLookup {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** About 3 MB. */
    private static final int MOST = 10_000;

    private final AccountFinder finder;
    private final OptionalAnswers postgres;
    /** A deleted user stays here as an empty value: its token must not count by its signature. */
    private final Cache<UUID, Optional<User>> users =
            Caffeine.newBuilder().maximumSize(MOST).build();
    /** Has no deleted keys: anybody can send a key that never existed. */
    private final Cache<String, Optional<ApiKey>> keys =
            Caffeine.newBuilder().maximumSize(MOST).build();

    AccountLookup(AccountFinder finder, Clock clock) {
        this.finder = finder;
        this.postgres = new OptionalAnswers("account-lookup", "what was seen last counts", clock);
    }

    /**
     * What is known of an account.
     *
     * @param <T> the account
     */
    sealed interface Seen<T> {
        /** Postgres has it. */
        record Now<T>(T account) implements Seen<T> {}

        /** Postgres is away, and had it when this gateway looked last. */
        record Before<T>(T account) implements Seen<T> {}

        /** It does not exist. */
        record Gone<T>() implements Seen<T> {}

        /** Postgres is away, and this gateway has never seen the account. */
        record Unknown<T>() implements Seen<T> {}
    }

    Seen<User> user(UUID id) {
        var found = postgres.askWithin(LONGEST_WAIT, () -> finder.user(id));
        found.ifPresent(user -> users.put(id, user));
        return found.map(AccountLookup::now).orElseGet(() -> before(Optional.ofNullable(users.getIfPresent(id))));
    }

    Seen<ApiKey> key(byte[] hash) {
        var name = HexFormat.of().formatHex(hash);
        var found = postgres.askWithin(LONGEST_WAIT, () -> finder.apiKey(hash));
        found.ifPresent(key -> {
            if (key.isPresent()) {
                keys.put(name, key);
            } else {
                keys.invalidate(name);
            }
        });
        return found.map(AccountLookup::now).orElseGet(() -> before(Optional.ofNullable(keys.getIfPresent(name))));
    }

    private static <T> Seen<T> now(Optional<T> account) {
        return account.<Seen<T>>map(Seen.Now::new).orElseGet(Seen.Gone::new);
    }

    /** @param last what Postgres answered last; empty when this gateway never asked for the account */
    private static <T> Seen<T> before(Optional<Optional<T>> last) {
        return last.map(account -> account.<Seen<T>>map(Seen.Before::new).orElseGet(Seen.Gone::new))
                .orElseGet(Seen.Unknown::new);
    }
}
