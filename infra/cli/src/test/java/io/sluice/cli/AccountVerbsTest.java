package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountVerbsTest {
    private static final String ANN =
            "{\"username\":\"ann\",\"role\":\"producer\",\"disabled\":true,\"created_at\":\"2026-01-01T00:00:00Z\"}";

    @TempDir
    Path folder;

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell =
            new TestShell().with("SLUICE_URL", gateway.url()).with("SLUICE_TOKEN", "sluice_admin");

    @Test
    void usersAreListed() {
        gateway.answering(
                "/api/v1/users",
                200,
                "{\"users\":[%s,%s]}"
                        .formatted(ANN, ANN.replace("true", "false").replace("ann", "a-rather-long-name@example.com")));

        assertThat(shell.run("users", "list")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "ann                       producer  disabled  2026-01-01T00:00:00Z",
                        "a-rather-long-name@example.com  producer  enabled   2026-01-01T00:00:00Z");
    }

    @Test
    void aUserIsAddedWithThePasswordOfStandardInput() {
        gateway.answering("/api/v1/users", 201, ANN);

        assertThat(shell.runWith("päss word \nmore", "users", "add", "ann", "--role", "producer", "--password-stdin"))
                .isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("ann: added, role producer\n");
        assertThat(gateway.calls())
                .containsExactly(
                        "POST /api/v1/users {\"password\":\"päss word \",\"role\":\"producer\",\"username\":\"ann\"}");
        assertThat(gateway.tokens()).containsExactly("Bearer sluice_admin");
    }

    @Test
    void aUserIsAddedWithTheLeastRightsUnlessARoleIsGiven() {
        gateway.answering("/api/v1/users", 201, ANN);

        shell.runWith("password\r\n", "users", "add", "ann", "--password-stdin");

        assertThat(gateway.calls().getFirst()).contains("\"role\":\"user\"", "\"password\":\"password\"");
    }

    @Test
    void noPasswordIsAnError() {
        assertThat(shell.runWith("", "users", "passwd", "ann", "--password-stdin"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("standard input has no password").hasLineCount(1);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void usersAreChangedAndDeleted() {
        gateway.answering("/api/v1/users/ann", 200, ANN)
                .answering("/api/v1/users/ann", 200, ANN)
                .answering("/api/v1/users/ann", 200, ANN)
                .answering("/api/v1/users/ann", 200, ANN)
                .answering("/api/v1/users/ann", 202, "{\"job_id\":\"j\",\"status\":\"queued\"}");

        shell.runWith("new password\n", "users", "passwd", "ann", "--password-stdin");
        assertThat(shell.out()).isEqualToIgnoringNewLines("ann: new password");
        shell.run("users", "role", "ann", "producer");
        assertThat(shell.out()).isEqualToIgnoringNewLines("ann: role producer");
        shell.run("users", "disable", "ann");
        assertThat(shell.out()).isEqualToIgnoringNewLines("ann: disabled");
        shell.run("users", "enable", "ann");
        assertThat(shell.out()).isEqualToIgnoringNewLines("ann: enabled");
        shell.run("users", "delete", "ann");
        assertThat(shell.out()).isEqualToIgnoringNewLines("ann: queued, job j");
        assertThat(gateway.calls())
                .containsExactly(
                        "PATCH /api/v1/users/ann {\"password\":\"new password\"}",
                        "PATCH /api/v1/users/ann {\"role\":\"producer\"}",
                        "PATCH /api/v1/users/ann {\"disabled\":true}",
                        "PATCH /api/v1/users/ann {\"disabled\":false}",
                        "DELETE /api/v1/users/ann");
    }

    @Test
    void aRefusalIsOneLine() {
        gateway.answering("/api/v1/users/admin", 409, """
                {"title":"Conflict","code":"LAST_ADMIN","detail":"admin is the last enabled admin"}""");

        assertThat(shell.run("users", "disable", "admin")).isEqualTo(1);
        assertThat(shell.err()).contains("LAST_ADMIN", "the last enabled admin").hasLineCount(1);
    }

    @Test
    void standardOutputGetsTheNewKeyAndNothingElse() {
        gateway.answering("/api/v1/api-keys", 201, """
                {"id":"i","name":"shop","role":"producer","created_at":"c","key":"sluice_secret"}""");

        assertThat(shell.run("keys", "add", "shop")).isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("sluice_secret\n");
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("Key i (shop, role producer). Keep it: it is not shown again.\n");
        assertThat(gateway.calls()).containsExactly("POST /api/v1/api-keys {\"name\":\"shop\",\"role\":\"producer\"}");
    }

    @Test
    void keysAreListedAndDeleted() {
        gateway.answering("/api/v1/api-keys", 200, "{\"keys\":[]}")
                .answering("/api/v1/api-keys", 200, """
                        {"keys":[{"id":"i","name":"shop","role":"producer","created_at":"c"},
                                 {"id":"k","name":"till 2","role":"admin","created_at":"d","last_used_at":"u"}]}""")
                .answering("/api/v1/api-keys/i", 200, "");

        shell.run("keys", "list");
        assertThat(shell.out()).isEqualToIgnoringNewLines("There are no keys.");
        shell.run("keys", "list");
        assertThat(shell.out().lines())
                .containsExactly("i  producer  c  shop  never used", "k  admin     d  till 2  last used u");
        assertThat(shell.run("keys", "delete", "i")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("i: deleted");
    }
}
