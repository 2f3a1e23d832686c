package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.access.token.AccessTokens;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.accounts.ApiKeyTable;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.Secrets;
import io.sluice.stores.accounts.User;
import io.sluice.stores.accounts.UserEdit;
import io.sluice.stores.accounts.UserTable;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While Postgres is away, nobody can sign in, and what is known of an account counts. */
class AccountOutageIT {
    private static final String ME = "/api/v1/me";

    private final Path folder = TestStack.newFolder("postgres");
    private LocalPostgres postgres;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        postgres = LocalPostgres.start(folder);
        gateway = new GatewayUnderTest(
                TestStack.kafka().freshPrefix(),
                Map.of("database.url", postgres.jdbcUrl(), "database.user", postgres.user()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        postgres.close();
    }

    @Test
    void knownTokensGoOnAndNobodySignsIn() {
        SignedIn.user(gateway, "ann", Role.PRODUCER);
        SignedIn.user(gateway, "bob", Role.ADMIN);
        var ann = SignedIn.as(gateway, "ann");
        var bob = SignedIn.as(gateway, "bob");
        var key = new SignedIn(gateway, apiKey());
        var deletedKey = new SignedIn(gateway, apiKey());
        var unknownKey = new SignedIn(gateway, apiKey());
        assertThat(ann.get(ME).status()).isEqualTo(200);
        assertThat(key.get(ME).status()).isEqualTo(200);
        assertThat(deletedKey.get(ME).status()).isEqualTo(200);
        delete(deletedKey);
        assertThat(deletedKey.get(ME).status()).isEqualTo(401);
        gateway.bean(UserTable.class).change("bob", new UserEdit(null, Role.USER, null));
        assertThat(bob.get(ME).status()).isEqualTo(401);
        var port = postgres.port();

        postgres.close();

        assertThat(ann.get(ME).json().path("role").asText()).isEqualTo("producer");
        assertThat(key.get(ME).status()).isEqualTo(200);
        assertThat(bob.get(ME).status()).as("a token that had ended").isEqualTo(401);
        var stranger = new User(UUID.randomUUID(), "stranger", Role.USER, false, 0, Instant.EPOCH);
        var token = gateway.bean(AccessTokens.class).issue(stranger);
        assertThat(new SignedIn(gateway, token).get(ME).json().path("username").asText())
                .isEqualTo("stranger");
        assertThat(new SignedIn(gateway, token + "x").get(ME).status()).isEqualTo(401);
        unavailable(unknownKey.get(ME));
        unavailable(deletedKey.get(ME));
        unavailable(SignedIn.login(gateway, "ann", SignedIn.PASSWORD));
        unavailable(SignedIn.refresh(gateway, "any"));
        acceptsProducts(ann);

        postgres = LocalPostgres.start(folder, folder.resolve("bin"), "127.0.0.1", port);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SignedIn.login(gateway, "ann", SignedIn.PASSWORD).status() == 200);
        await().atMost(Duration.ofSeconds(60)).until(() -> unknownKey.get(ME).status() == 200);
    }

    private String apiKey() {
        var secret = "sluice_" + Secrets.next();
        gateway.bean(ApiKeyTable.class)
                .create(secret.substring(40), Role.USER, Secrets.hash(secret), UUID.randomUUID());
        return secret;
    }

    private void delete(SignedIn key) {
        var name = key.get(ME).json().path("username").asText();
        gateway.bean(ApiKeyTable.class).list().stream()
                .filter(known -> known.name().equals(name))
                .forEach(known -> gateway.bean(ApiKeyTable.class).delete(known.id()));
    }

    private static void acceptsProducts(SignedIn caller) {
        var form =
                new Multipart().field("product_id", "p-1").field("name", "Lamp").field("description", "Light.");
        var start = System.nanoTime();
        for (var i = 0; i < 10; i++) {
            var answer = caller.gateway()
                    .post(
                            "/api/v1/index-product",
                            form,
                            "Prefer",
                            "respond-async",
                            "Authorization",
                            "Bearer " + caller.token());
            assertThat(answer.status())
                    .as(new String(answer.response().body(), UTF_8))
                    .isEqualTo(202);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static void unavailable(Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(503);
        assertThat(answer.json().path("code").asText()).isEqualTo("ACCOUNTS_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }
}
