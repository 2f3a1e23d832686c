package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.stores.accounts.Change;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.UserTable;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Managing users and API keys over HTTP, with two gateways that started at the same moment on an empty Postgres. */
class UsersIT {
    private static final String USERS = "/api/v1/users";
    private static final String KEYS = "/api/v1/api-keys";
    private static final String ME = "/api/v1/me";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path FOLDER = TestStack.newFolder("gateway-1");
    private static final Path OTHER_FOLDER = TestStack.newFolder("gateway-2");
    private static final String PREFIX = TestStack.kafka().freshPrefix();
    private static final TestPostgres.Database DATABASE = TestStack.postgres();

    private static GatewayUnderTest gateway;
    private static GatewayUnderTest other;
    private static SignedIn admin;

    @BeforeAll
    static void startTwoAtOnce() {
        var second = CompletableFuture.supplyAsync(() -> start(OTHER_FOLDER));
        gateway = start(FOLDER);
        other = second.join();
        await().atMost(PATIENCE).until(() -> Files.exists(password(FOLDER)) || Files.exists(password(OTHER_FOLDER)));
        await().atMost(PATIENCE)
                .until(() -> !gateway.bean(UserTable.class).list().isEmpty());
        admin = new SignedIn(gateway, token(SignedIn.login(gateway, "admin", passwordOfAdmin())));
    }

    private static GatewayUnderTest start(Path folder) {
        return new GatewayUnderTest(
                PREFIX,
                Map.of(
                        "database.url", DATABASE.url(),
                        "database.user", DATABASE.user(),
                        "sluice.data-dir", folder.toString(),
                        "sluice.logins.per-minute-per-address", 1_000));
    }

    @AfterAll
    static void stop() {
        other.close();
        gateway.close();
    }

    private static Path password(Path folder) {
        return folder.resolve("admin-password");
    }

    private static String passwordOfAdmin() {
        try {
            var file = Files.exists(password(FOLDER)) ? password(FOLDER) : password(OTHER_FOLDER);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(Answer login) {
        assertThat(login.status()).as("%s", login.json()).isEqualTo(200);
        return login.json().path("access_token").asText();
    }

    @Test
    void oneOfTwoGatewaysCreatesTheFirstAdminAndWritesItsPassword() throws IOException {
        var written = List.of(FOLDER, OTHER_FOLDER).stream()
                .map(UsersIT::password)
                .filter(Files::exists)
                .toList();

        assertThat(written).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written.getFirst())))
                .isEqualTo("rw-------");
        assertThat(passwordOfAdmin()).hasSize(43);
        assertThat(admin.get(ME).json().path("role").asText()).isEqualTo("admin");
    }

    @Test
    void createsListsAndChangesUsers() {
        var created = admin.send("POST", USERS, user("Ann+shop@Example.com", "correct horse", "user"));
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("username", "role", "disabled", "created_at");
        assertThat(created.json().path("username").asText()).isEqualTo("ann+shop@example.com");
        assertThat(admin.at(other).get(USERS).json().path("users")).contains(created.json());

        refused(
                admin.send("POST", USERS, user("ANN+shop@example.com", "correct horse", "user")),
                409,
                "USERNAME_TAKEN");

        var path = USERS + "/ann%2Bshop@example.com";
        var promoted = admin.send("PATCH", path, "{\"role\":\"producer\"}");
        assertThat(promoted.json().path("role").asText())
                .as("%s", promoted.json())
                .isEqualTo("producer");
        var encoded = USERS + "/Ann%2Bshop%40example.com";
        assertThat(admin.send("PATCH", encoded, "{\"disabled\":true}")
                        .json()
                        .path("disabled")
                        .asBoolean())
                .isTrue();
        assertThat(SignedIn.login(gateway, "ann+shop@example.com", "correct horse")
                        .status())
                .isEqualTo(401);
        assertThat(admin.send("PATCH", path, "{\"disabled\":false,\"password\":\"new horse!\"}")
                        .status())
                .isEqualTo(200);
        assertThat(SignedIn.login(other, "ann+shop@example.com", "new horse!").status())
                .isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsAllTokens() {
        SignedIn.user(gateway, "bob", Role.USER);
        var login = SignedIn.login(gateway, "bob", SignedIn.PASSWORD);
        var bob = new SignedIn(gateway, token(login));
        assertThat(bob.get(ME).status()).isEqualTo(200);

        admin.send("PATCH", USERS + "/bob", "{\"password\":\"another horse\"}");

        assertThat(bob.get(ME).status()).isEqualTo(401);
        assertThat(bob.at(other).get(ME).status()).isEqualTo(401);
        var refresh = login.json().path("refresh_token").asText();
        assertThat(SignedIn.refresh(other, refresh).status()).isEqualTo(401);
    }

    @Test
    void namesEveryInvalidField() {
        var answer = admin.send("POST", USERS, "{\"username\":\"a b\",\"password\":\"short\",\"role\":\"root\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactly("username", "password", "role");
        assertThat(answer.json().toString()).doesNotContain("short");
        refused(admin.send("PATCH", USERS + "/admin", "{}"), 422, "VALIDATION_FAILED");
        refused(admin.send("PATCH", USERS + "/admin", "{\"disabled\":\"yes\"}"), 422, "VALIDATION_FAILED");
        refused(admin.send("POST", KEYS, "{\"name\":\"a\\nb\",\"role\":\"user\"}"), 422, "VALIDATION_FAILED");
        refused(admin.send("POST", USERS, user("anonymous", "correct horse", "user")), 422, "VALIDATION_FAILED");
    }

    @Test
    void theLastAdminStays() {
        refused(admin.delete(USERS + "/admin"), 409, "LAST_ADMIN");
        refused(admin.send("PATCH", USERS + "/admin", "{\"role\":\"user\"}"), 409, "LAST_ADMIN");
        refused(admin.send("PATCH", USERS + "/admin", "{\"disabled\":true}"), 409, "LAST_ADMIN");
        assertThat(admin.get(ME).status())
                .as("the admin's token after refused changes")
                .isEqualTo(200);
    }

    @Test
    void anUnknownUserOrKeyIsNotFound() {
        refused(admin.delete(USERS + "/nobody"), 404, "USER_NOT_FOUND");
        refused(admin.delete(USERS + "/no%20body%00"), 404, "USER_NOT_FOUND");
        refused(admin.send("PATCH", USERS + "/nobody", "{\"disabled\":true}"), 404, "USER_NOT_FOUND");
        refused(admin.delete(KEYS + "/" + UUID.randomUUID()), 404, "API_KEY_NOT_FOUND");
        refused(admin.delete(KEYS + "/x"), 404, "API_KEY_NOT_FOUND");
    }

    @Test
    void anApiKeyIsShownOnceAndWorksUntilItIsDeleted() {
        var created = admin.send("POST", KEYS, "{\"name\":\"shop-sync\",\"role\":\"producer\"}");
        assertThat(created.status()).as("%s", created.json()).isEqualTo(201);
        var secret = created.json().path("key").asText();
        assertThat(secret).matches("sluice_[A-Za-z0-9_-]{43}");
        var key = new SignedIn(other, secret);

        assertThat(key.get(ME).json().toString())
                .isEqualTo("{\"username\":\"shop-sync\",\"role\":\"producer\",\"face\":{\"enrolled\":false}}");
        var byHeader = other.send(other.request(ME).header("X-API-Key", secret));
        assertThat(byHeader.json().path("username").asText()).isEqualTo("shop-sync");
        assertThat(admin.get(KEYS).json().toString()).doesNotContain(secret);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(listed(created).path("last_used_at").asText())
                                .startsWith("20"));
        assertThat(DATABASE.rows("SELECT hash FROM access.api_keys").toString()).doesNotContain(secret);

        var deleted = admin.delete(KEYS + "/" + created.json().path("id").asText());
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(key.get(ME).status()).isEqualTo(401);
        assertThat(key.at(gateway).get(ME).status()).isEqualTo(401);
    }

    @Test
    void anApiKeyMayNoMoreThanTheUserWhoMadeIt() {
        SignedIn.user(gateway, "hal", Role.ADMIN);
        var hal = SignedIn.as(gateway, "hal");
        var mighty = key(hal, "admin");
        var modest = key(hal, "producer");
        assertThat(mighty.get(USERS).status()).isEqualTo(200);

        admin.send("PATCH", USERS + "/hal", "{\"role\":\"user\"}");
        assertThat(mighty.get(USERS).status()).isEqualTo(401);
        assertThat(modest.at(other).get(ME).status()).isEqualTo(200);

        admin.send("PATCH", USERS + "/hal", "{\"disabled\":true}");
        assertThat(modest.get(ME).status()).isEqualTo(401);
        assertThat(modest.at(other).get(ME).status()).isEqualTo(401);

        admin.send("PATCH", USERS + "/hal", "{\"disabled\":false}");
        assertThat(modest.get(ME).status()).isEqualTo(200);
    }

    private static SignedIn key(SignedIn creator, String role) {
        var created = creator.send("POST", KEYS, "{\"name\":\"a key\",\"role\":\"" + role + "\"}");
        return new SignedIn(gateway, created.json().path("key").asText());
    }

    private static JsonNode listed(Answer created) {
        for (var key : admin.get(KEYS).json().path("keys")) {
            if (key.path("id").equals(created.json().path("id"))) {
                return key;
            }
        }
        throw new AssertionError("the key is not listed");
    }

    @Test
    void aDeletedUserIsRefusedEverywhereAndItsNameComesBackWithAnotherId() {
        var first = SignedIn.user(gateway, "eve", Role.ADMIN);
        var login = SignedIn.login(gateway, "eve", SignedIn.PASSWORD);
        var eve = new SignedIn(gateway, token(login));
        var key = new SignedIn(
                other,
                eve.send("POST", KEYS, "{\"name\":\"of eve\",\"role\":\"admin\"}")
                        .json()
                        .path("key")
                        .asText());
        assertThat(key.get(ME).status()).isEqualTo(200);

        var deleted = admin.delete(USERS + "/eve");

        assertThat(deleted.status()).as("%s", deleted.json()).isEqualTo(202);
        assertThat(deleted.json().path("status").asText()).isEqualTo("queued");
        assertThat(deleted.header("Location"))
                .isEqualTo("/api/v1/jobs/" + deleted.json().path("job_id").asText());
        assertThat(eve.get(ME).status()).isEqualTo(401);
        assertThat(eve.at(other).get(ME).status()).isEqualTo(401);
        assertThat(key.get(ME).status()).isEqualTo(401);
        assertThat(SignedIn.refresh(other, login.json().path("refresh_token").asText())
                        .status())
                .isEqualTo(401);
        assertThat(SignedIn.login(other, "eve", SignedIn.PASSWORD).status()).isEqualTo(401);
        endsWell(admin, deleted.header("Location"));

        assertThat(SignedIn.user(gateway, "eve", Role.ADMIN).id()).isNotEqualTo(first.id());
        assertThat(eve.get(ME).status()).isEqualTo(401);
    }

    private static void endsWell(SignedIn caller, String path) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(caller.get(path).json().path("status").asText())
                                .isEqualTo("succeeded"));
        var job = caller.get(path).json();
        assertThat(job.path("kind").asText()).isEqualTo("user-erasure");
        assertThat(job.path("stages").findValuesAsText("stage"))
                .startsWith("accepted", "account-erased")
                .contains("photos-erased", "face-deletion-noted")
                .endsWith("erased");
    }

    @Test
    void anotherGatewayFinishesAnErasureAfterACrash() {
        var jobId = UUID.randomUUID().toString();
        SignedIn.user(gateway, "fay", Role.USER);

        // what is left by a gateway that dies after the transaction
        var outcome = gateway.bean(UserTable.class).erase("fay", jobId);

        assertThat(outcome).isInstanceOf(Change.Done.class);
        endsWell(admin.at(other), "/api/v1/jobs/" + jobId);
        await().atMost(PATIENCE)
                .until(() -> DATABASE.rows("SELECT 1 FROM access.erasures WHERE ended_at IS NULL")
                        .isEmpty());
    }

    private static String user(String name, String password, String role) {
        return "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"%s\"}".formatted(name, password, role);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }
}
