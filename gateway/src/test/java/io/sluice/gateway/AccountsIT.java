package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.access.token.AccessTokens;
import io.sluice.stores.accounts.Change;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.User;
import io.sluice.stores.accounts.UserEdit;
import io.sluice.stores.accounts.UserTable;
import io.sluice.testkit.TestStack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and the tokens of requests, over HTTP, with two gateways and a real Postgres. */
class AccountsIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ME = "/api/v1/me";

    private static GatewayUnderTest gateway;
    private static GatewayUnderTest other;

    @BeforeAll
    static void start() {
        var database = TestStack.postgres();
        var prefix = TestStack.kafka().freshPrefix();
        Map<String, Object> properties = Map.of(
                "database.url", database.url(),
                "database.user", database.user(),
                "sluice.logins.per-minute-per-address", 1_000);
        gateway = new GatewayUnderTest(prefix, properties);
        other = new GatewayUnderTest(prefix, properties);
    }

    @AfterAll
    static void stop() {
        other.close();
        gateway.close();
    }

    @Test
    void signsInWithJsonOrAForm() {
        SignedIn.user(gateway, "ann", Role.PRODUCER);

        for (var answer : List.of(
                SignedIn.login(gateway, "ann", SignedIn.PASSWORD),
                gateway.post("/api/login", FORM, "username=Ann&password=correct+horse".getBytes(UTF_8)),
                gateway.post(
                        "/api/login", new Multipart().field("username", "ANN").field("password", SignedIn.PASSWORD)))) {
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.json().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "refresh_token");
            assertThat(answer.json().path("token_type").asText()).isEqualTo("bearer");
            assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
            var me = new SignedIn(gateway, answer.json().path("access_token").asText()).get(ME);
            assertThat(me.json().toString())
                    .isEqualTo("{\"username\":\"ann\",\"role\":\"producer\",\"face\":{\"enrolled\":false}}");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameGetTheSameAnswer() {
        SignedIn.user(gateway, "bob", Role.USER);
        var disabled = SignedIn.user(gateway, "bob.disabled", Role.USER);
        change(disabled.username(), new UserEdit(null, null, true));

        var wrong = SignedIn.login(gateway, "bob", "wrong horse");
        unauthenticated(wrong);
        for (var refused : List.of(
                SignedIn.login(gateway, "nobody", SignedIn.PASSWORD),
                SignedIn.login(gateway, "no body", SignedIn.PASSWORD),
                SignedIn.login(gateway, "x".repeat(500), SignedIn.PASSWORD),
                SignedIn.login(gateway, "\\u0000", SignedIn.PASSWORD),
                SignedIn.login(gateway, disabled.username(), SignedIn.PASSWORD))) {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json()).isEqualTo(wrong.json());
        }
    }

    @Test
    void aLoginNamesTheMissingFields() {
        var answer = gateway.post("/api/login", "application/json", "{\"username\":7}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors")).hasSize(2);
        assertThat(gateway.post("/api/v1/login/refresh", FORM, new byte[0]).status())
                .isEqualTo(422);
    }

    @Test
    void theEleventhWrongLoginIsRefusedAlsoWithTheRightPassword() {
        SignedIn.user(gateway, "carl", Role.USER);
        for (var i = 0; i < 10; i++) {
            assertThat(SignedIn.login(gateway, i % 2 == 0 ? "carl" : "Carl", "wrong horse")
                            .status())
                    .isEqualTo(401);
        }

        var refused = SignedIn.login(gateway, "carl", SignedIn.PASSWORD);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void rightLoginsDoNotCountNotEvenTwentyAtOnce() throws Exception {
        SignedIn.user(gateway, "dora", Role.USER);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = IntStream.range(0, 20)
                    .mapToObj(_ -> callers.submit(() ->
                            SignedIn.login(gateway, "dora", SignedIn.PASSWORD).status()))
                    .toList();
            for (var login : logins) {
                assertThat(login.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRefreshTokenGivesTheNextOneAndItsSecondUseEndsTheSession() {
        SignedIn.user(gateway, "eve", Role.USER);
        var first = refreshToken(SignedIn.login(gateway, "eve", SignedIn.PASSWORD));

        var second = SignedIn.refresh(gateway, first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(new SignedIn(gateway, second.json().path("access_token").asText())
                        .get(ME)
                        .status())
                .isEqualTo(200);
        var form = ("refresh_token=" + refreshToken(second)).getBytes(UTF_8);
        var third = other.post("/api/v1/login/refresh", FORM, form);
        assertThat(third.status()).isEqualTo(200);

        unauthenticated(SignedIn.refresh(other, first));
        unauthenticated(SignedIn.refresh(gateway, refreshToken(third)));
        unauthenticated(SignedIn.refresh(gateway, "unknown"));
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ME, "/api/v1/import-kinds", "/api/v1/jobs/5e0c5e5e-0000-4000-8000-00000000000a", "/unknown"})
    void aWrongTokenIsRefusedByEveryCallThatAsksForOne(String path) {
        unauthenticated(new SignedIn(gateway, "eyJhbGciOiJub25lIn0.e30.").get(path));
        unauthenticated(new SignedIn(gateway, "sluice_" + "x".repeat(43)).get(path));
        unauthenticated(gateway.send(gateway.request(path).header("X-API-Key", "wrong")));
        unauthenticated(gateway.send(gateway.request(path).header("Authorization", "Basic YTpi")));
    }

    @Test
    void aWrongTokenIsRefusedBeforeABodyIsRead() {
        var form = new Multipart().field("product_id", "p-1").field("name", "a").field("description", "b");
        unauthenticated(gateway.post("/api/v1/index-product", form, "Authorization", "Bearer a.b.c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/prometheus", "/openapi", "/docs"})
    void aCallForEverybodyDoesNotLookAtTheToken(String path) {
        assertThat(gateway.send(gateway.request(path).header("Authorization", "Bearer a.b.c"))
                        .status())
                .isEqualTo(200);
    }

    /** The account is looked up on another thread, while the body arrives. */
    @Test
    void aLongBodyArrivesCompletelyWithAToken() {
        SignedIn.user(gateway, "hal", Role.PRODUCER);
        var token = SignedIn.as(gateway, "hal").token();
        var line = "{\"product_id\":\"p-%d\",\"name\":\"Lamp\",\"description\":\"" + "light ".repeat(200) + "\"}\n";
        var body = IntStream.range(0, 3_000).mapToObj(line::formatted).collect(Collectors.joining());

        var answer = gateway.post(
                "/api/v1/products:batch",
                "application/x-ndjson",
                body.getBytes(UTF_8),
                "Authorization",
                "Bearer " + token);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(new String(answer.response().body(), UTF_8).lines())
                .hasSize(3_000)
                .allMatch(item -> item.contains("\"queued\""));
    }

    @Test
    void aTokenOfAUserThatNeverExistedIsRefused() {
        var ghost = new User(UUID.randomUUID(), "ghost", Role.ADMIN, false, 0, Instant.EPOCH);
        unauthenticated(new SignedIn(gateway, gateway.bean(AccessTokens.class).issue(ghost)).get(ME));
    }

    @Test
    void theTokensOfADisabledUserEndAtOnceAtEveryGateway() {
        SignedIn.user(gateway, "fay", Role.USER);
        var login = SignedIn.login(gateway, "fay", SignedIn.PASSWORD);
        var fay = new SignedIn(gateway, login.json().path("access_token").asText());
        assertThat(fay.get(ME).status()).isEqualTo(200);
        assertThat(fay.at(other).get(ME).status()).isEqualTo(200);

        change("fay", new UserEdit(null, null, true));

        unauthenticated(fay.get(ME));
        unauthenticated(fay.at(other).get(ME));
        unauthenticated(SignedIn.refresh(other, refreshToken(login)));
        change("fay", new UserEdit(null, null, false));
        unauthenticated(fay.get(ME));
    }

    @Test
    void whoSignsInMayStillSendAnOldToken() {
        SignedIn.user(gateway, "ida", Role.USER);
        var old = new SignedIn(gateway, "no.longer.valid");
        var body = "{\"username\":\"ida\",\"password\":\"%s\"}".formatted(SignedIn.PASSWORD);

        var login = old.send("POST", "/api/login", body);
        assertThat(login.status()).isEqualTo(200);
        var refresh = "{\"refresh_token\":\"%s\"}".formatted(refreshToken(login));
        assertThat(old.send("POST", "/api/v1/login/refresh", refresh).status()).isEqualTo(200);
        unauthenticated(old.get(ME));
    }

    @Test
    void aNewRoleEndsTheAccessTokenAndTheNextOneHasIt() {
        SignedIn.user(gateway, "gus", Role.USER);
        var login = SignedIn.login(gateway, "gus", SignedIn.PASSWORD);
        var gus = new SignedIn(gateway, login.json().path("access_token").asText());

        change("gus", new UserEdit(null, Role.PRODUCER, null));

        unauthenticated(gus.at(other).get(ME));
        var next = SignedIn.refresh(other, refreshToken(login));
        var me = new SignedIn(gateway, next.json().path("access_token").asText()).get(ME);
        assertThat(me.json().path("role").asText()).isEqualTo("producer");
    }

    private static void change(String username, UserEdit edit) {
        assertThat(gateway.bean(UserTable.class).change(username, edit)).isInstanceOf(Change.Done.class);
    }

    private static void unauthenticated(Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.json().path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
}
