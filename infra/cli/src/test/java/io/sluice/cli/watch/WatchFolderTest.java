package io.sluice.cli.watch;

import static io.sluice.cli.watch.WatchLab.content;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder {@code ./sluice watch} uploads, and when. */
class WatchFolderTest {
    @TempDir
    private Path dir;

    @AutoClose
    private WatchLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new WatchLab(Files.createDirectory(dir.resolve("photos")));
    }

    @Test
    void uploadsWhatIsThereAndWhatAppears() throws IOException {
        lab.photo("a.jpg");
        lab.photo("summer/beach/b.JPEG");
        lab.pace.at(10, () -> lab.photo("summer/c.jpg")).stopAt(20);

        assertThat(lab.watch()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.uploads()).hasSize(2).last().isEqualTo(List.of("c.jpg"));
        assertThat(lab.gateway.photos())
                .containsExactly(content("a.jpg"), content("summer/beach/b.JPEG"), content("summer/c.jpg"));
        assertThat(lab.out()).isEqualToNormalizingNewlines("uploaded 3 photos, in 20.0 s\n");
        assertThat(lab.err()).contains("photos go to " + lab.gateway.url() + " as ann", "2 sent in ", "Stopped.");
    }

    @Test
    void waitsUntilAFileIsFullyWritten() throws IOException {
        lab.settle = Duration.ofSeconds(5);
        lab.photo("a.jpg", "half");
        lab.pace
                .at(3, () -> lab.photo("a.jpg", "half and a bit"))
                .at(7, () -> lab.photo("a.jpg", "half and the other half"))
                .at(
                        13,
                        () -> assertThat(lab.gateway.uploads())
                                .as("6 s after the last byte, 5 s after a look")
                                .isEmpty())
                .stopAt(20);

        lab.watch();

        assertThat(lab.gateway.photos()).containsExactly(content("half and the other half"));
        assertThat(lab.gateway.uploads()).hasSize(1);
    }

    @Test
    void takesAFileAtOnceThatIsRenamedIntoPlace() throws IOException {
        lab.settle = Duration.ofMinutes(10);
        var part = lab.photo("a.jpg.part", "half");
        var hidden = lab.photo(".b.jpg.Xy12", "b");
        lab.photo("c.jpg");
        lab.pace
                .at(3, () -> {
                    Files.write(part, content("half and the rest").getBytes(ISO_8859_1));
                    Files.move(part, lab.folder.resolve("a.jpg"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(hidden, lab.folder.resolve("b.jpg"), StandardCopyOption.ATOMIC_MOVE);
                })
                .stopAt(5);

        lab.watch();

        assertThat(lab.gateway.photos()).containsExactly(content("b"), content("half and the rest"));
    }

    @Test
    void leavesAFileAloneWhileItsUnfinishedPartIsBesideIt() throws IOException {
        lab.photo("a.jpg");
        var part = lab.file("a.jpg.part", "half");
        lab.pace
                .at(30, () -> assertThat(lab.gateway.uploads()).isEmpty())
                .at(31, () -> Files.delete(part))
                .stopAt(40);

        lab.watch();

        assertThat(lab.gateway.photos()).containsExactly(content("a.jpg"));
    }

    @Test
    void leavesAloneWhatIsNoPhotoAndSaysSoOnce() throws IOException {
        for (var name : new String[] {
            ".hidden.jpg",
            ".trash/a.jpg",
            "@eaDir/a.jpg",
            "a.jpg.part",
            "b.jpg.crdownload",
            "c.jpg.tmp",
            "d.jpg.filepart",
            "e.jpg~",
            "Thumbs.db",
            "desktop.ini"
        }) {
            lab.photo(name);
        }
        lab.photo("raw/1.CR2");
        lab.photo("raw/2.cr2");
        lab.file("text.jpg", "no picture at all");
        lab.file("empty.png", "");
        lab.photo("good.jpg");
        lab.pace.stopAt(30);

        lab.watch();

        assertThat(lab.gateway.uploads()).hasSize(1);
        assertThat(lab.gateway.photos()).containsExactly(content("good.jpg"));
        assertThat(lab.err().lines().filter(line -> line.contains("not uploaded")))
                .hasSize(3)
                .anyMatch(line -> line.contains(".cr2 files are not uploaded, such as raw/"))
                .anyMatch(line -> line.contains("text.jpg is no picture, by its first bytes"))
                .anyMatch(line -> line.contains("empty.png is no picture, by its first bytes"));
    }

    @Test
    void looksAgainAtAFileThatHasBecomeAPicture() throws IOException {
        lab.file("a.jpg", "\0\0\0\0\0");
        lab.pace.at(10, () -> lab.photo("a.jpg")).stopAt(20);

        lab.watch();

        assertThat(lab.gateway.photos()).containsExactly(content("a.jpg"));
    }

    @Test
    void takesEveryKindOfPictureThatTheGatewayCanNameByItsFirstBytes() throws IOException {
        lab.file("a.png", "\u0089PNG\r\n\u001a\n.....");
        lab.file("b.gif", "GIF89a.......");
        lab.file("c.webp", "RIFF....WEBP...");
        lab.file("d.heic", "....ftypheic...");
        lab.file("e.avif", "....ftypavif...");
        lab.file("f.jpg", "....ftypisom...");

        lab.once();

        assertThat(lab.gateway.uploads().getFirst())
                .containsExactlyInAnyOrder("a.png", "b.gif", "c.webp", "d.heic", "e.avif");
    }

    @Test
    void followsNoLink() throws IOException {
        var secret = Files.write(dir.resolve("secret.jpg"), content("secret").getBytes(ISO_8859_1));
        Files.createSymbolicLink(lab.folder.resolve("link.jpg"), secret);
        Files.createSymbolicLink(lab.folder.resolve("up"), dir);
        lab.photo("a.jpg");

        lab.once();

        assertThat(lab.gateway.photos()).containsExactly(content("a.jpg"));
        assertThat(lab.err().lines().filter(line -> line.contains("links are not followed")))
                .hasSize(1);
    }

    @Test
    void staysInTheFolderItselfWhenToldTo() throws IOException {
        lab.recursive = false;
        lab.photo("a.jpg");
        lab.photo("below/b.jpg");

        lab.once();

        assertThat(lab.gateway.photos()).containsExactly(content("a.jpg"));
    }

    @Test
    void waitsForAFolderThatIsUnmountedForAWhile() throws IOException {
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        var away = dir.resolve("elsewhere");
        lab.pace
                .at(10, () -> {
                    Files.move(lab.folder, away);
                    Files.createDirectory(lab.folder); // the empty place where it was mounted
                })
                .at(60, () -> {
                    assertThat(lab.folder).as("nothing is written there").isEmptyDirectory();
                    Files.delete(lab.folder);
                })
                .at(90, () -> {
                    Files.move(away, lab.folder);
                    lab.photo("c.jpg");
                })
                .stopAt(100);

        assertThat(lab.watch()).isEqualTo(ExitCode.SUCCESS);

        assertThat(lab.gateway.uploads()).hasSize(2).last().isEqualTo(List.of("c.jpg"));
        assertThat(lab.journalLines()).hasSize(3);
        assertThat(lab.err().lines().filter(line -> line.contains("cannot be read or written")))
                .hasSize(1);
        assertThat(lab.err().lines().filter(line -> line.contains("is there again")))
                .hasSize(1);
    }

    @Test
    void showsNamesInOneLine() throws IOException {
        var name = "a\u001b[2J\nFORGED\r.jpg";
        lab.photo(name);
        lab.gateway.rejecting(content -> true);

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out()).startsWith("✗ a\\u001b[2J\\u000aFORGED\\u000d.jpg: no good: a_[2J_FORGED_.jpg");
        lab.gateway.forget();
        lab.once();
        assertThat(lab.gateway.uploads()).as("it is known by its name").isEmpty();
    }

    @Test
    void sendsBatchesOfSoManyFiles() throws IOException {
        lab.batch = 3;
        for (var i = 0; i < 7; i++) {
            lab.photo(i + ".jpg");
        }

        lab.once();

        assertThat(lab.gateway.uploads()).extracting(List::size).containsExactly(3, 3, 1);
    }
}
