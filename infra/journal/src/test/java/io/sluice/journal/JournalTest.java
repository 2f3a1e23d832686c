package io.sluice.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Owner OWNER = new Owner("SLTEST_1", "test");

    private final List<String> read = new ArrayList<>();

    @Test
    void givesBackWhatWasWrittenInItsOrder(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "one", "two");
            write(journal, "three");
        }
        open(folder).close();
        assertThat(read).containsExactly("one", "two", "three");
    }

    @Test
    void bringsWhatIsQueuedToTheDiskWhenItCloses(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            journal.append(List.of(bytes("queued")));
        }
        open(folder).close();
        assertThat(read).containsExactly("queued");
    }

    @Test
    void cutsOffATornTailWhereverItIsTornAndWritesOnAfterIt(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "whole");
        }
        var whole = Files.size(file(folder));
        try (var journal = open(folder)) {
            write(journal, "torn", "as well");
        }
        var content = Files.readAllBytes(file(folder));
        for (int length = (int) whole; length < content.length; length++) {
            Files.write(file(folder), Arrays.copyOf(content, length));
            read.clear();
            try (var journal = open(folder)) {
                assertThat(read).as("cut at byte %d", length).containsExactly("whole");
                write(journal, "next");
            }
            read.clear();
            open(folder).close();
            assertThat(read).as("cut at byte %d", length).containsExactly("whole", "next");
        }
    }

    @Test
    void takesATailOfZeroesForATornOne(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "whole");
        }
        Files.write(file(folder), new byte[4096], StandardOpenOption.APPEND);
        open(folder).close();
        assertThat(read).containsExactly("whole");
        assertThat(Files.size(file(folder))).isLessThan(4096);
    }

    @Test
    void refusesAJournalDamagedBeforeSoundRecordsAndLeavesItAsItIs(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "first");
            write(journal, "second");
            write(journal, "third");
        }
        var content = Files.readAllBytes(file(folder));
        var lastFrame = content.length - (3 * Integer.BYTES + Integer.BYTES + "third".length());
        for (int position = Owner.HEADER_LENGTH; position < lastFrame; position++) {
            var damaged = content.clone();
            damaged[position] ^= 0x10;
            Files.write(file(folder), damaged);
            assertThatIOException()
                    .as("damage at byte %d", position)
                    .isThrownBy(() -> open(folder))
                    .withMessageContaining("is corrupt")
                    .withMessageContaining("move the file away");
            assertThat(Files.readAllBytes(file(folder))).isEqualTo(damaged);
        }
    }

    @Test
    void refusesAFileThatIsNoJournal(@TempDir Path folder) throws IOException {
        Files.writeString(file(folder), "something else altogether");
        assertThatIOException().isThrownBy(() -> open(folder)).withMessageContaining("is not a journal");
    }

    @Test
    void refusesTheJournalOfAnotherKindOfServer(@TempDir Path folder) throws IOException {
        Journal.open(folder, new Owner("SLOTHER1", "other"), entry -> {}).close();
        assertThatIOException().isThrownBy(() -> open(folder)).withMessageContaining("is not a journal");
    }

    @Test
    void letsOneInAtATime(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            assertThatIOException().isThrownBy(() -> open(folder)).withMessageContaining("another test is running");
            write(journal, "still works");
        }
        open(folder).close();
        assertThat(read).containsExactly("still works");
    }

    @Test
    void replacesAllItsEntriesInOneStep(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "a", "b", "c");
            journal.replaceWith(Stream.of(bytes("abc")));
            write(journal, "d");
        }
        open(folder).close();
        assertThat(read).containsExactly("abc", "d");
    }

    @Test
    void nothingOfAnEarlierEntryIsLeftAfterARewrite(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "written before", "kept");
            var ticket = journal.append(List.of(bytes("queued before")));
            journal.rewrite(Stream.of(bytes("kept")));
            journal.awaitDurable(ticket);
            write(journal, "added");
            assertThat(Files.readString(file(folder), StandardCharsets.ISO_8859_1))
                    .contains("kept", "added")
                    .doesNotContain("before");
        }
        open(folder).close();
        assertThat(read).containsExactly("kept", "added");
    }

    @Test
    void forgetsAReplacementThatWasNotFinished(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "a");
        }
        Files.writeString(folder.resolve("journal.new"), "half a replac");
        open(folder).close();
        assertThat(read).containsExactly("a");
        assertThat(folder.resolve("journal.new")).doesNotExist();
    }

    @Test
    void keepsTheEntriesOfManyWritersEachInItsOrder(@TempDir Path folder) throws Exception {
        int writers = 8;
        int entries = 50;
        try (var journal = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        for (int i = 0; i < entries; i++) {
                            write(journal, writer + ":" + i);
                        }
                        return null;
                    }))
                    .toList();
            for (var writer : running) {
                writer.get();
            }
        }
        open(folder).close();
        assertThat(read).hasSize(writers * entries);
        for (int writer = 0; writer < writers; writer++) {
            var prefix = writer + ":";
            assertThat(read.stream().filter(entry -> entry.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.range(0, entries)
                            .mapToObj(i -> prefix + i)
                            .toList());
        }
    }

    @Test
    void acceptsNothingAfterAWriteFailed(@TempDir Path folder) throws IOException {
        try (var journal = open(folder)) {
            write(journal, "a");
            Thread.currentThread().interrupt();
            assertThatIOException().isThrownBy(() -> write(journal, "lost"));
            assertThat(Thread.interrupted()).isTrue();
            assertThatIOException().isThrownBy(() -> write(journal, "refused")).withMessageContaining("restart");
        }
        open(folder).close();
        assertThat(read).containsExactly("a");
    }

    private Journal open(Path folder) throws IOException {
        return Journal.open(folder, OWNER, entry -> read.add(new String(entry, StandardCharsets.UTF_8)));
    }

    private static void write(Journal journal, String... entries) throws IOException {
        journal.awaitDurable(
                journal.append(Stream.of(entries).map(JournalTest::bytes).toList()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path file(Path folder) {
        return folder.resolve("journal");
    }
}
