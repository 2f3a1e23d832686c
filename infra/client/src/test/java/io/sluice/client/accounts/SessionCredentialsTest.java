package io.sluice.client.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.SessionCredentials.LoginSource;
import io.sluice.client.http.Credentials;
import io.sluice.client.imports.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCredentialsTest {
    private static final LoginSource RIGHT = () -> Optional.of(new Login("ann", "right"));
    private static final LoginSource NONE = Optional::empty;

    private final SessionStore store = SessionStore.inMemory();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private SignInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SignInServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void signsInOnceForManyCalls() throws IOException {
        try (var client = client(RIGHT)) {
            client.products().find("a").orElseThrow();
            client.products().find("b").orElseThrow();
        }

        assertThat(server.calls())
                .containsExactly("login", "/api/v1/products/a Bearer access-1", "/api/v1/products/b Bearer access-1");
    }

    @Test
    void goesOnWithTheSessionThatIsKept() throws IOException {
        find(RIGHT);
        server.calls();

        assertThat(find(NONE)).isEqualTo(200);
        assertThat(server.calls()).containsExactly("/api/v1/products/a Bearer access-1");
    }

    @Test
    void replacesTheTokenBeforeItEnds() throws IOException {
        try (var client = client(RIGHT)) {
            client.products().find("a").orElseThrow();
            now = now.plus(Duration.ofMinutes(14).plusSeconds(45));
            server.calls();

            client.products().find("a").orElseThrow();
        }
        assertThat(server.calls()).containsExactly("refresh", "/api/v1/products/a Bearer access-2");
    }

    @Test
    void usesATokenThatCannotBeReplacedUntilItsEnd() throws IOException {
        server.open();
        try (var client = client(NONE)) {
            find(RIGHT);
            server.answerSignIns(503);
            server.calls();
            now = now.plus(Duration.ofMinutes(14).plusSeconds(45));

            client.products().find("a").orElseThrow();
            client.products().find("b").orElseThrow();
            now = now.plus(Duration.ofSeconds(16));
            client.products().find("c").orElseThrow();
        }
        assertThat(server.calls())
                .containsExactly(
                        "refresh",
                        "/api/v1/products/a Bearer access-1",
                        "/api/v1/products/b Bearer access-1",
                        "refresh",
                        "/api/v1/products/c -");
    }

    @Test
    void repeatsACallOnceWithANewToken(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("shops.csv"), "siret,nom\n");
        try (var client = client(RIGHT)) {
            client.products().find("a").orElseThrow();
            server.endAccess();
            server.calls();

            assertThat(client.products().save(Map.of("name", "tea")).status()).isEqualTo(200);
            server.endAccess();
            client.bulk().save(List.of("{}".getBytes(UTF_8)), _ -> {}).orElseThrow();
        }
        assertThat(server.calls())
                .containsExactly(
                        "/api/v1/index-product Bearer access-1",
                        "refresh",
                        "/api/v1/index-product Bearer access-2",
                        "/api/v1/products:batch Bearer access-2",
                        "refresh",
                        "/api/v1/products:batch Bearer access-3");
        try (var client = client(RIGHT)) {
            server.endAccess();
            var repeated = client.imports().send(file, ImportOptions.ofKind("companies"), "k");
            var sent = client.imports().send(file, ImportOptions.ofKind("companies"), "k");
            assertThat(repeated.orElseThrow().id())
                    .isEqualTo(sent.orElseThrow().id())
                    .isNotEqualTo("of 0 bytes");
        }
    }

    @Test
    void doesNotRepeatABodyThatIsReadOnce() throws IOException {
        var lines = List.of("{}".getBytes(UTF_8)).iterator();
        try (var client = client(RIGHT)) {
            client.products().find("a").orElseThrow();
            server.endAccess();
            server.calls();

            assertThat(client.bulk().save(() -> lines, _ -> {}).status()).isEqualTo(401);
            assertThat(client.products().find("a").status()).isEqualTo(200);
        }
        assertThat(server.calls())
                .containsExactly(
                        "/api/v1/products:batch Bearer access-1", "refresh", "/api/v1/products/a Bearer access-2");
    }

    @Test
    void signsInAgainWhenTheSessionHasEnded() throws IOException {
        try (var client = client(RIGHT)) {
            client.products().find("a").orElseThrow();
            server.endSessions();
            server.calls();

            client.products().find("a").orElseThrow();
        }
        assertThat(server.calls())
                .containsExactly(
                        "/api/v1/products/a Bearer access-1", "refresh", "login", "/api/v1/products/a Bearer access-2");
    }

    @Test
    void goesWithoutATokenWhenTheSessionHasEndedAndThereIsNoPassword() throws IOException {
        find(RIGHT);
        server.endSessions();
        server.open();
        server.calls();
        var credentials = new SessionCredentials(server.url(), store, NONE, clock);
        try (var client = new SluiceClient(server.url(), credentials)) {
            client.products().find("a").orElseThrow();
            client.products().find("b").orElseThrow();
        }

        assertThat(server.calls())
                .containsExactly(
                        "/api/v1/products/a Bearer access-1",
                        "refresh",
                        "/api/v1/products/a -",
                        "/api/v1/products/b -");
        assertThat(credentials.refusal())
                .hasValueSatisfying(why -> assertThat(why.status()).isEqualTo(401));
        assertThat(store.read()).as("the session that has ended").isPresent();
    }

    @Test
    void goesWithoutATokenWhenThePasswordIsWrong() throws IOException {
        LoginSource wrong = () -> Optional.of(new Login("ann", "wrong"));
        var credentials = new SessionCredentials(server.url(), store, wrong, clock);
        try (var client = new SluiceClient(server.url(), credentials)) {
            assertThat(client.products().find("a").status()).isEqualTo(401);
            assertThat(client.products().find("b").status()).isEqualTo(401);
        }
        assertThat(server.calls())
                .as("one wrong login, because they are counted")
                .containsExactly("login", "/api/v1/products/a -", "/api/v1/products/b -");
        assertThat(credentials.refusal()).isPresent();
    }

    @Test
    void aFixedTokenIsSentAndNotReplaced() throws IOException {
        try (var client = new SluiceClient(server.url(), Credentials.of("sluice_key"))) {
            assertThat(client.products().find("a").status()).isEqualTo(401);
        }
        assertThat(server.calls()).containsExactly("/api/v1/products/a Bearer sluice_key");
    }

    @Test
    void threadsAndClientsThatShareASessionRefreshItOnce() throws Exception {
        try (var one = client(NONE);
                var other = client(NONE);
                var threads = Executors.newFixedThreadPool(8)) {
            find(RIGHT);
            now = now.plus(Duration.ofHours(1));
            server.calls();
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                calls.add(() -> one.products().find("a").status());
                calls.add(() -> other.products().find("a").status());
            }
            for (var status : threads.invokeAll(calls)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(server.calls()).filteredOn("refresh"::equals).hasSize(1);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(List.of(
                                new Login("ann", "hush"),
                                new Session("hush", "hush", now),
                                UserChange.ofPassword("hush"),
                                new NewApiKey(new ApiKey("i", "n", "r", "", ""), "hush"),
                                Credentials.of("hush"))
                        .toString())
                .doesNotContain("hush");
    }

    private int find(LoginSource logins) throws IOException {
        try (var client = client(logins)) {
            return client.products().find("a").status();
        }
    }

    private SluiceClient client(LoginSource logins) {
        return new SluiceClient(server.url(), new SessionCredentials(server.url(), store, logins, clock));
    }
}
