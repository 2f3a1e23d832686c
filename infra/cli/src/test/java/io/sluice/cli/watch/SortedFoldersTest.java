package io.sluice.cli.watch;

import static io.sluice.cli.watch.WatchLab.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --move-to} and {@code --wait}. */
class SortedFoldersTest {
    @TempDir
    private Path dir;

    @AutoClose
    private WatchLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new WatchLab(Files.createDirectory(dir.resolve("photos")));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "below", "../beside"})
    void movesFilesThatAreUploadedAndFilesThatAreRefused(String to) throws IOException {
        var sorted = lab.folder.resolve(to).normalize();
        lab.moveTo = Optional.of(sorted);
        var a = lab.photo("summer/a.jpg");
        var b = lab.photo("summer/b.jpg");
        lab.photo("again.jpg", "summer/a.jpg");
        lab.gateway.rejecting(content("summer/b.jpg")::equals);

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(a).doesNotExist();
        assertThat(b).doesNotExist();
        assertThat(sorted.resolve("done/summer/a.jpg")).exists();
        assertThat(sorted.resolve("done/again.jpg")).exists();
        assertThat(sorted.resolve("failed/summer/b.jpg")).exists();
        assertThat(sorted.resolve("failed/summer/b.jpg.txt")).content().contains("summer/b.jpg", "no good: b.jpg");
        lab.gateway.forget();
        assertThat(lab.once()).isEqualTo(ExitCode.SUCCESS);
        assertThat(lab.gateway.uploads()).as("what is sorted is not looked at").isEmpty();
    }

    @Test
    void overwritesNoFileThatHasTheName() throws IOException {
        lab.moveTo = Optional.of(dir.resolve("sorted"));
        for (var text : List.of("first", "second", "third")) {
            lab.photo("a.jpg", text);
            lab.once();
        }

        assertThat(dir.resolve("sorted/done"))
                .isDirectoryContaining("glob:**/a.jpg")
                .isDirectoryContaining("glob:**/a (2).jpg")
                .isDirectoryContaining("glob:**/a (3).jpg");
        assertThat(lab.gateway.photos()).hasSize(3);
    }

    @Test
    void movesWhatAnEarlierRunUploaded() throws IOException {
        lab.photo("a.jpg");
        lab.once();
        lab.moveTo = Optional.of(dir.resolve("sorted"));
        lab.gateway.forget();

        lab.once();

        assertThat(dir.resolve("sorted/done/a.jpg")).exists();
        assertThat(lab.gateway.uploads()).isEmpty();
    }

    @Test
    void saysOnceThatFilesCannotBeMoved() throws IOException {
        lab.moveTo = Optional.of(Files.createFile(dir.resolve("a-file")));
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        lab.pace.stopAt(30);

        lab.watch();

        assertThat(lab.err().lines().filter(line -> line.contains("cannot be moved")))
                .hasSize(1);
        assertThat(lab.gateway.uploads()).hasSize(1);
    }

    @Test
    void waitsUntilThePhotosArePreparedAndListsThoseThatFail() throws IOException {
        lab.waits = true;
        lab.moveTo = Optional.of(dir.resolve("sorted"));
        for (var name : List.of("a.jpg", "b.jpg", "c.jpg")) {
            lab.photo(name);
        }
        lab.pace
                .at(20, () -> {
                    assertThat(lab.folder.resolve("a.jpg")).exists();
                    lab.gateway.jobOf(content("a.jpg"), "succeeded");
                    lab.gateway.jobOf(content("b.jpg"), "dead");
                })
                .at(40, () -> {
                    assertThat(dir.resolve("sorted/done/a.jpg")).exists();
                    lab.gateway.jobOf(content("c.jpg"), "succeeded");
                });

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).contains("✗ b.jpg: BROKEN: cut off\n").contains("uploaded 3 photos, failed 1, in ");
        assertThat(dir.resolve("sorted/done/c.jpg")).exists();
        assertThat(dir.resolve("sorted/failed/b.jpg.txt")).content().contains("BROKEN: cut off");
        assertThat(lab.journalLines()).hasSize(6);
    }

    @Test
    void asksForThePhotoItselfWhenItsJobIsForgotten() throws IOException {
        for (var name : List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg")) {
            lab.photo(name);
        }
        lab.once();
        lab.waits = true;
        for (var name : List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg")) {
            lab.gateway.jobOf(content(name), "unknown");
        }
        lab.gateway.photoIs(content("a.jpg"), "prepared");
        lab.gateway.photoIs(content("b.jpg"), "failed");
        lab.gateway.photoIs(content("c.jpg"), "queued");
        lab.pace.restart();
        lab.pace.at(60, () -> lab.gateway.photoIs(content("c.jpg"), "prepared"));

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).startsWith("✗ b.jpg: it could not be prepared\n").contains("failed 1, in ");
        assertThat(lab.pace.seconds()).isGreaterThanOrEqualTo(60);
        assertThat(lab.journalLines())
                .hasSize(8)
                .filteredOn(line -> line.contains("\"status\":\"succeeded\""))
                .as("a, c, and d, which was deleted")
                .hasSize(3);
    }

    @Test
    void waitsForThePhotosOfARunThatWasStopped() throws IOException {
        lab.waits = true;
        lab.photo("a.jpg");
        lab.pace.stopAt(10);
        lab.watch();
        lab.pace.restart();
        lab.gateway.jobOf(content("a.jpg"), "failed");

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).startsWith("✗ a.jpg: BROKEN: cut off");
        assertThat(lab.gateway.uploads()).hasSize(1);
    }
}
