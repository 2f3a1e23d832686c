package io.sluice.cli.watch;

import static io.sluice.cli.watch.WatchLab.content;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ./sluice watch} gets along with the gateway. */
class WatchGatewayTest {
    @TempDir
    private Path dir;

    @AutoClose
    private WatchLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new WatchLab(Files.createDirectory(dir.resolve("photos")));
    }

    @Test
    void goesOnByItselfWhenTheGatewayWasAway() throws IOException {
        lab.photo("a.jpg");
        lab.pace
                .at(10, () -> {
                    lab.gateway.away(true);
                    lab.photo("b.jpg");
                })
                .at(40, () -> lab.gateway.away(false))
                .stopAt(70);

        assertThat(lab.watch()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.uploads()).containsExactly(List.of("a.jpg"), List.of("b.jpg"));
        assertThat(lab.err().lines().filter(line -> line.contains("does not answer")))
                .hasSize(1);
        assertThat(lab.err().lines().filter(line -> line.contains("answers again")))
                .hasSize(1);
    }

    @Test
    void waitsForAGatewayThatIsNotUpYet() throws IOException {
        lab.photo("a.jpg");
        lab.gateway.away(true);
        lab.pace.at(30, () -> lab.gateway.away(false)).stopAt(70);

        lab.watch();

        assertThat(lab.gateway.photos()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void triesAgainWhenTheGatewayCannot(int status) throws IOException {
        lab.photo("a.jpg");
        lab.gateway.refusing(status, "{\"title\":\"Kafka is away\"}", "7").refusing(202, "<html>a portal</html>", null);

        assertThat(lab.once()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.photos()).hasSize(1);
        assertThat(lab.pace.pauses()).contains(Duration.ofSeconds(7));
    }

    @Test
    void givesUpWhenTheGatewayStaysAwayInARunThatEnds() throws IOException {
        lab.photo("a.jpg");
        lab.gateway.away(true);

        assertThatThrownBy(lab::once)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("gave up after ")
                .hasMessageContaining("does not answer");
        assertThat(lab.pace.seconds()).isBetween(60L, 90L);
    }

    @Test
    void waitsAsLongAsAFullQueueAsks() throws IOException {
        lab.photo("a.jpg");
        lab.gateway
                .refusing(429, "{\"detail\":\"Queue is full, try again later\"}", "120")
                .refusing(429, "{\"detail\":\"Queue is full, try again later\"}", "90")
                .refusing(429, "{\"detail\":\"You sent 100 uploads within a minute\"}", "17");

        assertThat(lab.once()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.photos()).hasSize(1);
        assertThat(lab.pace.pauses())
                .containsSubsequence(Duration.ofSeconds(120), Duration.ofSeconds(90), Duration.ofSeconds(17));
        assertThat(lab.err().lines().filter(line -> line.contains("busy (Queue is full, try again later)")))
                .hasSize(1);
    }

    @Test
    void listsTheOneBrokenPhotoOfMany() throws IOException {
        for (var i = 0; i < 10; i++) {
            lab.photo(i + ".jpg");
        }
        lab.gateway.rejecting(content("7.jpg")::equals);

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).startsWith("✗ 7.jpg: no good: 7.jpg\n").contains("uploaded 9 photos, refused 1, in ");
    }

    @Test
    void findsThePhotoForWhichAWholeCallIsRefused() throws IOException {
        for (var i = 0; i < 4; i++) {
            lab.photo(i + ".jpg");
        }
        var tooLarge = "{\"title\":\"Too large\"}";
        lab.gateway.refusing(413, tooLarge, null).refusing(413, tooLarge, null).refusing(413, tooLarge, null);

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).startsWith("✗ ").contains(".jpg: Too large\n", "uploaded 3 photos, refused 1, in ");
        assertThat(lab.gateway.photos()).hasSize(3);
    }

    @Test
    void triesAPhotoLaterThatTheGatewayCannotTakeNow() throws IOException {
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        lab.gateway.postponing(content("a.jpg")::equals);
        lab.pace.at(25, () -> lab.gateway.postponing(content -> false));

        assertThat(lab.once()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.photos()).hasSize(2);
        assertThat(lab.gateway.uploads())
                .as("again after 10 s, then after 20 s")
                .hasSize(3);
    }

    @Test
    void findsThePhotoAtWhichTheConnectionBreaksOffEachTime() throws IOException {
        for (var i = 0; i < 8; i++) {
            lab.photo(i + ".jpg");
        }
        lab.gateway.breakingOff(content("5.jpg")::equals);
        lab.pace.stopAt(120);

        assertThat(lab.watch()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.photos()).hasSize(7).doesNotContain(content("5.jpg"));
        assertThat(lab.err())
                .contains("5.jpg: the call fails each time the photo is sent")
                .doesNotContain("does not answer");
    }

    @Test
    void doesNotEndWellWithAPhotoThatTheGatewayNeverTook() throws IOException {
        lab.photo("a.jpg");
        lab.gateway.postponing(content -> true);

        assertThatThrownBy(lab::once)
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("1 files could not be uploaded");
    }

    @Test
    void endsAtOnceWhenTheGatewayDoesNotKnowTheCaller() throws IOException {
        lab.gateway.acceptingTokens(token -> false);

        assertThatThrownBy(lab::watch)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("does not accept SLUICE_TOKEN");
        assertThat(lab.journal()).doesNotExist();
    }

    @Test
    void getsANewTokenWhenItsOwnEnds() throws IOException {
        signIn("old");
        lab.photo("a.jpg");
        lab.pace
                .at(10, () -> {
                    lab.gateway.acceptingTokens("Bearer new"::equals);
                    lab.photo("b.jpg");
                })
                .stopAt(20);

        lab.watch();

        assertThat(lab.gateway.photos()).hasSize(2);
        assertThat(lab.gateway.tokens()).containsSubsequence("Bearer old", "Bearer new");
    }

    @Test
    void goesOnWhenAPersonHasSignedInAgain() throws IOException {
        signIn("old");
        lab.photo("a.jpg");
        lab.pace
                .at(10, () -> {
                    lab.gateway.acceptingTokens("Bearer newest"::equals);
                    lab.photo("b.jpg");
                })
                .at(60, () -> {
                    assertThat(lab.gateway.photos()).hasSize(1);
                    signIn("newest");
                })
                .stopAt(100);

        lab.watch();

        assertThat(lab.gateway.photos()).hasSize(2);
        assertThat(lab.err().lines().filter(line -> line.contains("sign in again with ./sluice login")))
                .hasSize(1);
    }

    private void signIn(String token) throws IOException {
        lab.environment.remove("SLUICE_TOKEN");
        lab.environment.put("XDG_CONFIG_HOME", dir.resolve("config").toString());
        var sessions = Files.createDirectories(dir.resolve("config/sluice")).resolve("sessions.json");
        Files.deleteIfExists(sessions);
        Files.createFile(sessions, asFileAttribute(fromString("rw-------")));
        Files.writeString(
                sessions,
                "{\"%s\":{\"access_token\":\"%s\",\"refresh_token\":\"r\",\"expires_at\":\"2999-01-01T00:00:00Z\"}}"
                        .formatted(lab.gateway.url(), token));
    }
}
