package io.sluice.gateway.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.stores.accounts.AccountFinder;
import io.sluice.stores.accounts.ApiKey;
import io.sluice.stores.accounts.User;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up accounts in Postgres, and remembers what it saw last, for the time when Postgres is away. After a failure it
 * asks Postgres nothing for five seconds, and no request waits longer than a second for it.
 */
@Singleton
final class AccountLookup {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLookup.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** About 3 MB. */
    private static final int MOST = 10_000;

    private final AccountFinder finder;
    private final Clock clock;
    private final Executor threads =
            task -> Thread.ofVirtual().name("account-lookup").start(task);
    /** A deleted user stays here as an empty value: its token must not count by its signature. */
    private final Cache<UUID, Optional<User>> users =
            Caffeine.newBuilder().maximumSize(MOST).build();
    /** Has no deleted keys: anybody can send a key that never existed. */
    private final Cache<String, Optional<ApiKey>> keys =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private volatile Instant pausedUntil = Instant.MIN;

    AccountLookup(AccountFinder finder, Clock clock) {
        this.finder = finder;
        this.clock = clock;
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
        var found = ask(() -> finder.user(id));
        found.ifPresent(user -> users.put(id, user));
        return found.map(AccountLookup::now).orElseGet(() -> before(Optional.ofNullable(users.getIfPresent(id))));
    }

    Seen<ApiKey> key(byte[] hash) {
        var name = HexFormat.of().formatHex(hash);
        var found = ask(() -> finder.apiKey(hash));
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

    /** {@return the answer of Postgres; empty when it is away} */
    private <T> Optional<Optional<T>> ask(Supplier<Optional<T>> question) {
        if (clock.instant().isBefore(pausedUntil)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CompletableFuture.supplyAsync(question, threads)
                    .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (RuntimeException e) {
            pausedUntil = clock.instant().plus(PAUSE);
            LOG.atWarn()
                    .addKeyValue("rest_ms", PAUSE.toMillis())
                    .addKeyValue("reason", e.getMessage())
                    .log("accounts cannot be looked up, using what was seen last");
            return Optional.empty();
        }
    }
}
