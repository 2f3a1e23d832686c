package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which token a verb sends, and what it says when that is not enough. */
class SignInVerbsTest {
    private static final String SESSION = """
            {"access_token":"%s","token_type":"bearer","expires_in":900,"refresh_token":"r"}""";

    @TempDir
    Path folder;

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @BeforeEach
    void start() {
        gateway.answering("/api/v1/jobs/j", 200, "{\"job_id\":\"j\",\"status\":\"queued\"}");
        shell.with("XDG_CONFIG_HOME", folder.resolve("config").toString())
                .with("SLUICE_DATA_DIR", folder.resolve("data").toString());
    }

    private int login() {
        gateway.answering("/api/login", 200, SESSION.formatted("of-ann"));
        return shell.runWith("secret\n", "login", "ann", "--password-stdin");
    }

    private void localStack(String password) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        new Endpoints(Map.of(Endpoints.HTTP, gateway.url())).write(folder.resolve("data"));
        Files.writeString(folder.resolve("data/admin-password"), password + "\n");
    }

    private Path sessions() {
        return folder.resolve("config/sluice/sessions.json");
    }

    @Test
    void loginKeepsASessionForTheNextVerbsAndLogoutForgetsIt() throws IOException {
        assertThat(login()).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("Signed in at " + gateway.url() + " as ann.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions())))
                .isEqualTo("rw-------");

        shell.run("jobs", "j");
        assertThat(shell.run("logout")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("Signed out at " + gateway.url() + ".");
        shell.run("jobs", "j");
        assertThat(shell.run("logout")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("There is no session at " + gateway.url() + ".");
        assertThat(gateway.calls().getFirst())
                .isEqualTo("POST /api/login {\"username\":\"ann\",\"password\":\"secret\"}");
        assertThat(gateway.tokens()).containsExactly("none", "Bearer of-ann", "none");
        assertThat(Files.readString(sessions())).doesNotContain("of-ann");
    }

    @Test
    void loginSaysThatThePasswordIsWrong() {
        gateway.answering("/api/login", 401, "{\"code\":\"UNAUTHENTICATED\"}");

        assertThat(shell.runWith("secret\n", "login", "ann", "--password-stdin"))
                .isEqualTo(1);
        assertThat(shell.err()).isEqualToIgnoringNewLines("sluice: the username or the password is wrong");
        assertThat(sessions()).doesNotExist();
    }

    @Test
    void loginSaysWhenToTryAgain() {
        gateway.answering("/api/login", 429, "{\"code\":\"TOO_MANY_LOGINS\",\"title\":\"Too many\"}");

        assertThat(shell.runWith("secret\n", "login", "ann", "--password-stdin"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("Too many", "try again in 1 s").hasLineCount(1);
    }

    @Test
    void loginNeedsATerminalOrStandardInput() {
        assertThat(shell.run("login", "ann")).isEqualTo(2);
        assertThat(shell.err()).contains("no terminal", "--password-stdin");
        assertThat(shell.runWith("secret\n", "login", "--password-stdin")).isEqualTo(2);
        assertThat(shell.err()).contains("USERNAME");
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void theTokenOfTheEnvironmentGoesFirst() throws IOException {
        localStack("secret");
        login();
        shell.with("SLUICE_TOKEN", "sluice_key");

        shell.run("jobs", "j");

        assertThat(gateway.tokens()).containsExactly("none", "Bearer sluice_key");
    }

    @Test
    void theSessionGoesBeforeTheAdminOfTheLocalStack() throws IOException {
        localStack("secret");
        login();

        shell.run("jobs", "j");

        assertThat(gateway.tokens()).containsExactly("none", "Bearer of-ann");
    }

    @Test
    void besideALocalStackVerbsSignInAsTheAdminOnce() throws IOException {
        localStack("secret");
        gateway.answering("/api/login", 200, SESSION.formatted("of-admin"));

        shell.run("jobs", "j");
        shell.run("jobs", "j");

        assertThat(gateway.calls())
                .containsExactly(
                        "POST /api/login {\"username\":\"admin\",\"password\":\"secret\"}",
                        "GET /api/v1/jobs/j",
                        "GET /api/v1/jobs/j");
        assertThat(gateway.tokens()).containsExactly("none", "Bearer of-admin", "Bearer of-admin");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/session.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theAdminsPasswordIsNotSentToAnotherGateway() throws IOException {
        localStack("secret");
        new Endpoints(Map.of(Endpoints.HTTP, "http://127.0.0.1:1")).write(folder.resolve("data"));

        shell.run("jobs", "j");

        assertThat(gateway.tokens()).containsExactly("none");
        assertThat(gateway.calls()).containsExactly("GET /api/v1/jobs/j");
    }

    @Test
    void anOpenGatewayIsCalledWithoutATokenWhenSigningInFails() throws IOException {
        localStack("outdated");
        gateway.answering("/api/login", 503, "{\"code\":\"ACCOUNTS_UNAVAILABLE\"}");

        assertThat(shell.run("jobs", "j")).isZero();
        assertThat(gateway.tokens()).containsExactly("none", "none");
    }

    @Test
    void aDamagedFileOfSessionsIsASignInAnew() throws IOException {
        localStack("secret");
        gateway.answering("/api/login", 200, SESSION.formatted("of-admin"));
        Files.createDirectories(sessions().getParent());
        Files.writeString(sessions(), "{\"http");
        Files.writeString(folder.resolve("data/session.json"), "\u0000");

        assertThat(shell.run("jobs", "j")).isZero();
        assertThat(gateway.tokens()).containsExactly("none", "Bearer of-admin");
    }

    @Test
    void saysHowToSignIn() {
        refuse(401, "{\"code\":\"UNAUTHENTICATED\",\"title\":\"Not signed in\"}");
        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToIgnoringNewLines("sluice: the gateway at " + gateway.url()
                        + " needs to know who calls: sign in with ./sluice login, or set SLUICE_TOKEN to a token or an"
                        + " API key (HTTP 401, UNAUTHENTICATED, Not signed in)");
    }

    @Test
    void saysThatTheTokenOfTheEnvironmentIsNotAccepted() {
        refuse(401, "{}");
        shell.with("SLUICE_TOKEN", "old");

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err()).contains("does not accept SLUICE_TOKEN").hasLineCount(1);
    }

    @Test
    void saysThatTheSessionHasEnded() {
        refuse(401, "{}");
        gateway.answering("/api/v1/login/refresh", 401, "{}");
        login();

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err())
                .contains("your session at", "has ended: sign in again with ./sluice login")
                .hasLineCount(1);
        assertThat(gateway.tokens()).containsExactly("none", "Bearer of-ann", "none", "none");
    }

    @Test
    void saysThatTheAdminsPasswordIsNotAccepted() throws IOException {
        localStack("outdated");
        refuse(401, "{}");
        gateway.answering("/api/login", 401, "{}");

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err())
                .contains("does not accept the admin's password in", "data/admin-password", "users reset-admin")
                .hasLineCount(1);
    }

    @Test
    void saysThatSigningInIsNotPossibleNow() throws IOException {
        localStack("secret");
        refuse(401, "{}");
        gateway.answering("/api/login", 503, "{\"code\":\"ACCOUNTS_UNAVAILABLE\",\"title\":\"Postgres is away\"}");

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err()).contains("try again later", "Postgres is away").hasLineCount(1);
    }

    @Test
    void saysThatTheAccountMayNot() {
        refuse(403, "{\"code\":\"FORBIDDEN\",\"title\":\"Not allowed\"}");

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err())
                .contains("HTTP 403, FORBIDDEN, Not allowed: sign in as a user who may")
                .hasLineCount(1);
    }

    @Test
    void saysWhenToComeBack() {
        refuse(429, "{\"code\":\"TOO_MANY_REQUESTS\",\"title\":\"Too many\"}");

        assertThat(shell.run("users", "list")).isEqualTo(1);
        assertThat(shell.err()).contains("Too many; try again in 1 s").hasLineCount(1);
    }

    private void refuse(int status, String problem) {
        gateway.answering("/api/v1/users", status, problem);
    }

    @Test
    void manyProductsAreNotRejectedOneByOneForWantOfAToken() throws IOException {
        var lines = Files.writeString(
                folder.resolve("products.ndjson"), "{\"product_id\":\"a\",\"name\":\"n\",\"description\":\"d\"}\n");
        gateway.answering("/api/v1/products:batch", 401, "{}");
        var pictures = Files.createDirectories(folder.resolve("pictures"));
        for (var name : List.of("a.jpg", "b.jpg")) {
            Files.writeString(pictures.resolve(name), "picture");
        }
        gateway.answering("/api/v1/index-product-with-image", 401, "{}");

        for (var source : List.of(lines, pictures)) {
            assertThat(shell.run("index", source.toString())).isEqualTo(1);
            assertThat(shell.out()).isEmpty();
            assertThat(shell.err()).contains("sign in with ./sluice login");
        }
    }

    @Test
    void waitingForJobsEndsWhenTheTokenIsRefused() throws IOException {
        var lines = Files.writeString(
                folder.resolve("products.ndjson"), "{\"product_id\":\"a\",\"name\":\"n\",\"description\":\"d\"}\n");
        gateway.answering(
                        "/api/v1/products:batch",
                        sent -> "{\"product_id\":\"a\",\"status\":\"queued\",\"job_id\":\"k\"}\n")
                .answering("/api/v1/jobs/k", 401, "{}");

        assertThat(shell.run("index", lines.toString(), "--wait")).isEqualTo(1);
        assertThat(shell.err()).contains("sign in with ./sluice login");
    }
}
