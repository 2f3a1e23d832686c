package io.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.accounts.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsFileTest {
    private static final URI HERE = URI.create("http://127.0.0.1:8080");
    private static final URI THERE = URI.create("https://sluice.example/api/");
    private static final Session ONE = new Session("a1", "r1", Instant.parse("2026-01-01T00:00:00Z"));
    private static final Session OTHER = new Session("a2", "r2", Instant.parse("2026-01-02T00:00:00Z"));

    @TempDir
    Path temp;

    private Path file() {
        return folder().resolve("sessions.json");
    }

    private Path folder() {
        return temp.resolve("sluice");
    }

    @Test
    void keepsOneSessionForEachGateway() throws IOException {
        new SessionsFile(file(), HERE).replace(_ -> Optional.of(ONE));
        new SessionsFile(file(), THERE).replace(_ -> Optional.of(OTHER));

        assertThat(new SessionsFile(file(), HERE).read()).contains(ONE);
        assertThat(new SessionsFile(file(), URI.create("https://Sluice.example/api")).read())
                .contains(OTHER);
        new SessionsFile(file(), HERE).replace(_ -> Optional.empty());
        assertThat(new SessionsFile(file(), HERE).read()).isEmpty();
        assertThat(new SessionsFile(file(), THERE).read()).contains(OTHER);
    }

    @Test
    void isReadByItsOwnerOnly() throws IOException {
        new SessionsFile(file(), HERE).replace(_ -> Optional.of(ONE));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        new SessionsFile(file(), HERE).replace(_ -> Optional.of(OTHER));

        assertThat(permissions(file())).isEqualTo("rw-------");
        assertThat(permissions(folder())).isEqualTo("rwx------");
        try (var files = Files.list(folder())) {
            assertThat(files).allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rw-------"));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\u0000",
                "{\"http://127.0.0.1:8080\": 1}",
                "{\"http://127.0.0.1:8080\": {\"access_token\": \"a\", \"refresh_token\": \"r\", \"expires_at\": \"x\"}}",
                "{\"http://127.0.0.1:8080\": {\"access_token\": \"a\"}}"
            })
    void takesADamagedFileForAnEmptyOneAndMendsIt(String damaged) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(file(), damaged);
        var sessions = new SessionsFile(file(), HERE);

        assertThat(sessions.read()).isEmpty();
        sessions.replace(_ -> Optional.of(ONE));
        assertThat(sessions.read()).contains(ONE);
    }

    @Test
    void doesNotWriteWhatStaysTheSame() throws IOException {
        var sessions = new SessionsFile(file(), HERE);
        sessions.replace(kept -> kept);

        assertThat(file()).doesNotExist();
    }

    @Test
    void isReplacedByOneCallerAtATime() throws Exception {
        var rounds = new ArrayList<Callable<Optional<Session>>>();
        for (int i = 0; i < 50; i++) {
            var url = i % 2 == 0 ? HERE : THERE;
            rounds.add(() -> new SessionsFile(file(), url)
                    .replace(kept -> Optional.of(
                            new Session("a", kept.map(Session::refreshToken).orElse("") + "x", Instant.EPOCH))));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var round : threads.invokeAll(rounds)) {
                round.get();
            }
        }
        for (var url : new URI[] {HERE, THERE}) {
            assertThat(new SessionsFile(file(), url).read().orElseThrow().refreshToken())
                    .isEqualTo("x".repeat(25));
        }
    }
}
