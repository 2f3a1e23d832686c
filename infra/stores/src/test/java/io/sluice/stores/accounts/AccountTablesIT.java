package io.sluice.stores.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stores.accounts.Change.Done;
import io.sluice.stores.accounts.Change.LastAdmin;
import io.sluice.stores.accounts.Change.NoSuchUser;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users, API keys, refresh tokens and erasures in Postgres, also when two processes change them at once. */
class AccountTablesIT {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");
    private static final Username ANN = Username.of("ann");
    private static final int ROUNDS = 20;

    private final TestPostgres.Database database = TestStack.postgres();
    private final Postgres postgres = new Postgres(PostgresConfig.of(database.url()), 4);
    private final UserTable users = new UserTable(postgres, at(START));
    private final ApiKeyTable keys = new ApiKeyTable(postgres, at(START));
    private final RefreshTokenTable tokens = new RefreshTokenTable(postgres, at(START));
    private final ErasureTable erasures = new ErasureTable(postgres, at(START));
    private final AccountFinder finder = new AccountFinder(postgres);

    @AfterEach
    void close() {
        postgres.close();
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    @Test
    void aNameIsTakenOnce() {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();

        assertThat(ann).isEqualTo(new User(ann.id(), "ann", Role.USER, false, 0, START));
        assertThat(users.create(Username.of("ANN"), "other", Role.ADMIN)).isEmpty();
        assertThat(users.list()).containsExactly(ann);
        assertThat(finder.user(ann.id())).contains(ann);
        assertThat(users.credentials("ann").orElseThrow().passwordHash()).isEqualTo("hash");
    }

    @Test
    void eachChangeEndsTheTokensOfTheUser() {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();

        var promoted = done(users.change("ann", new UserEdit(null, Role.PRODUCER, null)));
        assertThat(promoted).isEqualTo(new User(ann.id(), "ann", Role.PRODUCER, false, 1, START));
        assertThat(done(users.change("ann", new UserEdit("new", null, true))).disabled())
                .isTrue();
        assertThat(users.credentials("ann").orElseThrow().passwordHash()).isEqualTo("new");
        assertThat(finder.user(ann.id()).orElseThrow().tokenGeneration()).isEqualTo(2);
        assertThat(users.change("bob", new UserEdit("new", null, null))).isInstanceOf(NoSuchUser.class);
    }

    @Test
    void theLastEnabledAdminStays() {
        users.create(ANN, "hash", Role.ADMIN);
        users.create(Username.of("bob"), "hash", Role.ADMIN);
        done(users.change("bob", new UserEdit(null, null, true)));

        assertThat(users.change("ann", new UserEdit(null, Role.USER, null))).isInstanceOf(LastAdmin.class);
        assertThat(users.change("ann", new UserEdit(null, null, true))).isInstanceOf(LastAdmin.class);
        assertThat(users.erase("ann", "j-1")).isInstanceOf(LastAdmin.class);
        assertThat(done(users.change("ann", new UserEdit("new", Role.ADMIN, false)))
                        .role())
                .isEqualTo(Role.ADMIN);
        assertThat(done(users.erase("bob", "j-2")).requestedAt()).isEqualTo(START);
    }

    @Test
    void oneOfTwoAdminsStaysWhenBothAreDemotedAtOnce() throws Exception {
        for (var i = 0; i < ROUNDS; i++) {
            users.create(ANN, "hash", Role.ADMIN);
            users.create(Username.of("bob"), "hash", Role.ADMIN);

            var changes = together(
                    () -> users.change("ann", new UserEdit(null, Role.USER, null)), () -> users.erase("bob", "j"));

            assertThat(changes).filteredOn(LastAdmin.class::isInstance).hasSize(1);
            database.run("TRUNCATE access.users, access.erasures CASCADE");
        }
    }

    @Test
    void severalProcessesCreateOneFirstAdmin() throws Exception {
        var passwords = new AtomicInteger();
        Callable<Boolean> start = () -> users.createFirstAdmin(() -> "hash-" + passwords.incrementAndGet());

        assertThat(together(start, start, start)).containsOnlyOnce(true);

        assertThat(passwords).hasValue(1);
        assertThat(users.credentials("admin").orElseThrow().passwordHash()).isEqualTo("hash-1");
        assertThat(users.createFirstAdmin(() -> {
                    throw new IllegalStateException("there is an admin");
                }))
                .isFalse();
    }

    @Test
    void noAdminIsCreatedWhenItsPasswordCannotBeKept() {
        assertThatThrownBy(() -> users.createFirstAdmin(() -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(users.list()).isEmpty();
    }

    @Test
    void aLostAdminPasswordIsReplaced() {
        users.createFirstAdmin(() -> "lost");
        var before = users.list().getFirst();
        tokens.add(before, Secrets.hash("t-1"));

        var after = users.resetAdmin("new");

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.tokenGeneration()).isEqualTo(1);
        assertThat(users.credentials("admin").orElseThrow().passwordHash()).isEqualTo("new");
        assertThat(tokens.rotate(Secrets.hash("t-1"), Secrets.hash("t-2"))).isEmpty();
    }

    @Test
    void aRefreshTokenIsUsedOnceAndItsSecondUseEndsTheFamily() {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();
        assertThat(tokens.add(ann, Secrets.hash("t-1"))).isTrue();
        assertThat(tokens.add(ann, Secrets.hash("other login"))).isTrue();

        assertThat(tokens.rotate(Secrets.hash("t-1"), Secrets.hash("t-2"))).contains(ann);
        assertThat(tokens.rotate(Secrets.hash("t-2"), Secrets.hash("t-3"))).contains(ann);
        assertThat(tokens.rotate(Secrets.hash("t-1"), Secrets.hash("t-4"))).isEmpty();

        assertThat(tokens.rotate(Secrets.hash("t-3"), Secrets.hash("t-5"))).isEmpty();
        assertThat(tokens.rotate(Secrets.hash("never given"), Secrets.hash("t-6")))
                .isEmpty();
        assertThat(tokens.rotate(Secrets.hash("other login"), Secrets.hash("t-7")))
                .contains(ann);
    }

    @Test
    void noTokenOfAFamilySurvivesTheftThatComesDuringARefresh() throws Exception {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();
        for (var i = 0; i < ROUNDS; i++) {
            var family = "f" + i;
            tokens.add(ann, Secrets.hash(family + 1));
            tokens.rotate(Secrets.hash(family + 1), Secrets.hash(family + 2));

            together(
                    () -> tokens.rotate(Secrets.hash(family + 1), Secrets.hash(family + "stolen")),
                    () -> tokens.rotate(Secrets.hash(family + 2), Secrets.hash(family + 3)));

            assertThat(tokens.rotate(Secrets.hash(family + 3), Secrets.hash(family + 4)))
                    .isEmpty();
        }
    }

    @Test
    void refreshTokensEndAfterTheirLifetimeAndAreRemoved() {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();
        tokens.add(ann, Secrets.hash("t-1"));
        var later = new RefreshTokenTable(
                postgres, at(START.plus(RefreshTokenTable.LIFETIME).plusSeconds(1)));

        assertThat(later.rotate(Secrets.hash("t-1"), Secrets.hash("t-2"))).isEmpty();
        later.add(ann, Secrets.hash("t-3"));
        assertThat(database.rows("SELECT count(*) FROM access.refresh_tokens")).containsExactly(List.of("1"));
    }

    @Test
    void refreshTokensEndWithANewPasswordAndWhenTheUserIsDisabled() {
        var ann = users.create(ANN, "hash", Role.USER).orElseThrow();
        tokens.add(ann, Secrets.hash("t-1"));
        var changed = done(users.change("ann", new UserEdit("new", null, null)));

        assertThat(tokens.rotate(Secrets.hash("t-1"), Secrets.hash("t-2"))).isEmpty();
        assertThat(tokens.add(ann, Secrets.hash("t-3")))
                .as("of a login with the old password")
                .isFalse();

        assertThat(tokens.add(changed, Secrets.hash("t-4"))).isTrue();
        done(users.change("ann", new UserEdit(null, null, true)));
        done(users.change("ann", new UserEdit(null, null, false)));
        assertThat(tokens.rotate(Secrets.hash("t-4"), Secrets.hash("t-5"))).isEmpty();
    }

    @Test
    void anErasureEndsWhatTheUserHadAndIsFinishedOnce() {
        users.create(Username.of("root"), "hash", Role.ADMIN);
        var ann = users.create(ANN, "hash", Role.ADMIN).orElseThrow();
        tokens.add(ann, Secrets.hash("t-1"));
        var key = keys.create("robot", Role.ADMIN, Secrets.hash("k-1"), ann.id());
        keys.create("robot of the robot", Role.PRODUCER, Secrets.hash("k-2"), key.id());

        assertThat(users.erase("ann", "j-1")).isEqualTo(new Done<>(new Erasure("j-1", ann.id(), START)));

        assertThat(finder.user(ann.id())).isEmpty();
        assertThat(finder.apiKey(Secrets.hash("k-1"))).isEmpty();
        assertThat(finder.apiKey(Secrets.hash("k-2"))).isEmpty();
        assertThat(tokens.rotate(Secrets.hash("t-1"), Secrets.hash("t-2"))).isEmpty();
        assertThat(database.rows("SELECT id FROM access.erased_owners")).containsExactly(List.of("" + ann.id()));
        assertThat(users.erase("ann", "j-2")).isInstanceOf(NoSuchUser.class);
        assertThat(users.create(ANN, "hash", Role.USER).orElseThrow().id()).isNotEqualTo(ann.id());

        assertThatThrownBy(() -> erasures.finishNext(erasure -> {
                    throw new IllegalStateException("Kafka is away");
                }))
                .hasMessage("Kafka is away");
        assertThat(erasures.finishNext(erasure -> false))
                .as("something is left of it")
                .isFalse();
        assertThat(erasures.isErased(ann.id())).isTrue();
        assertThat(erasures.isErased(UUID.randomUUID())).isFalse();
        var finished = new ArrayList<String>();
        assertThat(erasures.finishNext(erasure -> {
                    erasures.items(erasure, "photos").add(List.of("p-1", "p-2"));
                    erasures.items(erasure, "photos").add(List.of("p-2"));
                    erasures.items(erasure, "selfies").add(List.of("p-2"));
                    return false;
                }))
                .isFalse();
        assertThat(erasures.finishNext(erasure -> {
                    assertThat(erasures.items(erasure, "photos").all()).containsExactly("p-1", "p-2");
                    assertThat(erasures.finishNext(other -> finished.add("twice")))
                            .isFalse();
                    return finished.add(erasure.jobId());
                }))
                .isTrue();
        assertThat(erasures.finishNext(erasure -> finished.add("again"))).isFalse();
        assertThat(finished).containsExactly("j-1");
        assertThat(database.rows("SELECT item FROM access.erased_items")).isEmpty();
    }

    @Test
    void anApiKeyIsFoundByTheHashOfItsSecret() {
        var key = keys.create("robot", Role.PRODUCER, Secrets.hash("k-1"), UUID.randomUUID());

        assertThat(key).isEqualTo(new ApiKey(key.id(), "robot", Role.PRODUCER, START, null));
        assertThat(finder.apiKey(Secrets.hash("k-1"))).contains(key);
        assertThat(finder.apiKey(Secrets.hash("k-2"))).isEmpty();
        new ApiKeyTable(postgres, at(START.plus(Duration.ofMinutes(5)))).markUsed(key.id());
        keys.markUsed(key.id());
        assertThat(keys.list().getFirst().lastUsedAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(keys.delete(key.id())).isTrue();
        assertThat(keys.delete(key.id())).isFalse();
        assertThat(finder.apiKey(Secrets.hash("k-1"))).isEmpty();
    }

    private static <T> T done(Change<T> change) {
        return switch (change) {
            case Done<T>(var result) -> result;
            case NoSuchUser<T> _, LastAdmin<T> _ -> throw new AssertionError(change);
        };
    }

    /** {@return the results of these calls, which begin at the same moment} */
    @SafeVarargs
    private static <T> List<T> together(Callable<? extends T>... calls) throws Exception {
        var barrier = new CyclicBarrier(calls.length);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var call : calls) {
                running.add(threads.submit(() -> {
                    barrier.await();
                    return call.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
