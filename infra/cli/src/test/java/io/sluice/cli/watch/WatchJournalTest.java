package io.sluice.cli.watch;

import static io.sluice.cli.watch.WatchLab.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./sluice watch} remembers from one run to the next. */
class WatchJournalTest {
    @TempDir
    private Path dir;

    @AutoClose
    private WatchLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new WatchLab(dir);
    }

    @Test
    void recordsEachAnswerOfTheGateway() throws IOException {
        var a = lab.photo("below/a.jpg");
        lab.photo("b.jpg", "below/a.jpg");
        lab.photo("c.jpg");
        lab.gateway.rejecting(content("c.jpg")::equals);

        lab.once();

        var lines = lab.journalLines();
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .filteredOn(line -> line.contains("below/a.jpg"))
                .singleElement()
                .satisfies(line -> {
                    var entry = new ObjectMapper().readTree(line);
                    assertThat(entry.path("gateway").asText()).isEqualTo(lab.gateway.url());
                    assertThat(entry.path("account").asText()).isEqualTo("ann");
                    assertThat(entry.path("size").asLong()).isEqualTo(Files.size(a));
                    assertThat(Instant.parse(entry.path("modified").asText()))
                            .isEqualTo(Files.getLastModifiedTime(a).toInstant());
                    assertThat(entry.path("sha256").asText()).hasSize(64);
                    assertThat(entry.path("photo_id").asText()).startsWith("p-");
                });
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("\"status\":\"queued\",\"photo_id\":\"p-") && line.contains("\"job_id\":\"j-"))
                .anyMatch(line -> line.contains("\"status\":\"duplicate\""))
                .anyMatch(line -> line.contains("\"status\":\"rejected\",\"reason\":\"no good: c.jpg\""));
        assertThat(lab.out()).contains("uploaded 1 photo, 1 was there before, refused 1, in ");
    }

    @Test
    void uploadsNothingTwice() throws IOException {
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        lab.gateway.rejecting(content("b.jpg")::equals);
        lab.once();
        lab.gateway.forget();
        lab.photo("c.jpg");

        lab.once();

        assertThat(lab.gateway.uploads()).containsExactly(List.of("c.jpg"));
        assertThat(lab.err()).contains("2 files are in the journal", "1 sent in ");
        assertThat(lab.out()).contains("uploaded 1 photo, in ", "; earlier runs: uploaded 1, refused 1");
    }

    @Test
    void anotherRunSaysAgainWhatIsNotUploaded() throws IOException {
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        lab.file("c.jpg", "no picture at all");
        lab.gateway.rejecting(content("b.jpg")::equals);
        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);
        assertThat(lab.out()).contains("uploaded 1 photo, refused 1, no pictures 1, in ");

        assertThat(lab.once()).isEqualTo(ExitCode.SOME_REJECTED);

        assertThat(lab.out())
                .startsWith("✗ b.jpg: no good: b.jpg")
                .contains("uploaded 0 photos, no pictures 1, in ", "; earlier runs: uploaded 1, refused 1");
        assertThat(lab.err()).contains("c.jpg is no picture").doesNotContain("sent in");

        Files.delete(lab.folder.resolve("b.jpg"));
        lab.photo("c.jpg");
        assertThat(lab.once()).as("both are mended").isEqualTo(ExitCode.SUCCESS);
        assertThat(lab.out()).contains("uploaded 1 photo, in ", "; earlier runs: uploaded 1");
    }

    @Test
    void marksNothingAsDoneWhoseAnswerWasLost() throws IOException {
        lab.photo("a.jpg");
        lab.gateway.losingAnswers(true);
        lab.pace
                .at(20, () -> {
                    assertThat(lab.gateway.photos()).hasSize(1);
                    assertThat(lab.journalLines()).isEmpty();
                    lab.gateway.losingAnswers(false);
                })
                .stopAt(60);

        lab.watch();

        assertThat(lab.journalLines()).singleElement().asString().contains("\"status\":\"duplicate\"");
    }

    @Test
    void goesOnBelowALineThatWasCutOff() throws IOException {
        lab.photo("a.jpg");
        lab.photo("b.jpg");
        lab.once();
        var whole = lab.journalLines();
        Files.writeString(
                lab.journal(), whole.getFirst() + "\n" + whole.getLast().substring(0, 100));
        lab.gateway.forget();

        lab.once();

        assertThat(lab.gateway.uploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload).hasSize(1));
        assertThat(lab.journalLines())
                .hasSize(3)
                .startsWith(whole.getFirst(), whole.getLast().substring(0, 100));
        lab.gateway.forget();
        lab.once();
        assertThat(lab.gateway.uploads()).isEmpty();
    }

    @Test
    void doesNotCountLinesThatAreDamaged() throws IOException {
        lab.photo("a.jpg");
        lab.once();
        var line = lab.journalLines().getFirst();
        Files.write(lab.journal(), new byte[] {0, 0, (byte) 0xff, '\n'}, StandardOpenOption.APPEND);
        Files.writeString(
                lab.journal(), "\n[]\nnull\n{\"status\":\"queued\",\"at\":\"never\"}\n", StandardOpenOption.APPEND);
        Files.writeString(lab.journal(), line.replace("queued", "lost"), StandardOpenOption.APPEND);
        lab.gateway.forget();

        lab.once();

        assertThat(lab.gateway.uploads()).isEmpty();
    }

    @Test
    void uploadsAFileAgainOnlyWhenItsBytesHaveChanged() throws IOException {
        var a = lab.photo("a.jpg");
        var b = lab.photo("b.jpg");
        lab.once();
        lab.gateway.forget();
        Files.setLastModifiedTime(a, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        var time = Files.getLastModifiedTime(b);
        lab.photo("b.jpg", "c.jpg");
        Files.setLastModifiedTime(b, FileTime.fromMillis(time.toMillis() + 1_000));

        lab.once();

        assertThat(lab.gateway.uploads()).containsExactly(List.of("b.jpg"));
        assertThat(lab.journalLines()).hasSize(4);
        lab.gateway.forget();
        lab.once();
        assertThat(lab.gateway.uploads()).isEmpty();
        assertThat(lab.journalLines()).as("the new time is known").hasSize(4);
    }

    @Test
    void isOfOneAccountAtOneGateway() throws IOException {
        lab.photo("a.jpg");
        lab.once();
        var other = lab.journalLines().getFirst();
        Files.writeString(lab.journal(), other.replace("\"ann\"", "\"bob\"") + "\n");
        lab.gateway.forget();

        lab.once();
        assertThat(lab.gateway.uploads()).hasSize(1);

        Files.writeString(lab.journal(), other.replace(lab.gateway.url(), "http://elsewhere:1") + "\n");
        lab.once();
        assertThat(lab.gateway.uploads()).hasSize(2);
    }

    @Test
    void doesNotMarkAFileThatChangesWhileItIsSent() throws IOException {
        lab.photo("a.jpg", "first");
        lab.gateway.whileUploading(() -> write("a.jpg", "second and longer"));
        lab.pace.at(5, () -> lab.gateway.whileUploading(() -> {})).stopAt(20);

        lab.watch();

        assertThat(lab.gateway.photos()).containsExactly(content("first"), content("second and longer"));
        assertThat(lab.journalLines())
                .singleElement()
                .asString()
                .contains("\"size\":" + content("second and longer").length());
    }

    private void write(String name, String text) {
        try {
            lab.photo(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void letsOneWatcherWorkOnAFolder() throws IOException {
        lab.pace
                .at(
                        5,
                        () -> assertThatThrownBy(lab::once)
                                .isInstanceOf(CommandFailedException.class)
                                .hasMessageContaining("another watcher, process "
                                        + ProcessHandle.current().pid()))
                .stopAt(10);

        lab.watch();
        lab.pace.restart();
        assertThat(lab.once()).as("the lock is free again").isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void keepsWhatItCouldNotWriteUntilItCan() throws IOException {
        lab.photo("a.jpg");
        lab.gateway.whileUploading(this::hideJournal);
        lab.pace
                .at(20, () -> {
                    assertThat(lab.gateway.photos()).hasSize(1);
                    assertThat(lab.journal()).doesNotExist();
                    Files.move(dir.resolve(".hidden"), lab.journal());
                })
                .stopAt(30);

        lab.watch();

        assertThat(lab.journalLines()).hasSize(1);
        assertThat(lab.gateway.uploads()).hasSize(1);
        assertThat(lab.err()).contains(".sluice-watch");
        assertThat(Files.readString(lab.journal(), UTF_8)).endsWith("\n");
    }

    private void hideJournal() {
        try {
            Files.move(lab.journal(), dir.resolve(".hidden"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
