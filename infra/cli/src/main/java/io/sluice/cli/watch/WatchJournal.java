package io.sluice.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.watch.JournalEntry.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The file that records what became of each file of the watched folder, one JSON object a line, oldest first. Lines are only
 * added. A kill leaves a last line that is cut off at most: that line does not count, and the next one begins below it. The
 * last line about a file counts. It is not open between two writes, so the folder can be unmounted.
 */
final class WatchJournal {
    private static final byte LINE_END = '\n';

    private final Path file;
    private final Account account;
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private Map<String, JournalEntry> latest = new HashMap<>();

    /** @param account lines about photos of another account, or at another gateway, do not count */
    WatchJournal(Path file, Account account) {
        this.file = file;
        this.account = account;
    }

    /** {@return the account whose photos its lines are about} */
    Account account() {
        return account;
    }

    /** Reads the journal. What was noted and not yet written stays noted. */
    void load() throws IOException {
        var read = new HashMap<String, JournalEntry>();
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), lenient()))) {
            lines.lines()
                    .map(JournalEntry::of)
                    .flatMap(Optional::stream)
                    .filter(entry -> entry.account().equals(account))
                    .forEach(entry -> read.put(entry.name(), entry));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        unwritten.forEach(entry -> read.put(entry.name(), entry));
        latest = read;
    }

    /** A line that is cut off may end in the middle of a character. */
    private static CharsetDecoder lenient() {
        return UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** {@return what became of a file, if the journal knows it as it is now} */
    Optional<JournalEntry> find(FoundFile file) {
        return named(file.name()).filter(entry -> entry.isOf(file));
    }

    /** {@return the last line about a file of this name, which may have changed since} */
    Optional<JournalEntry> named(String name) {
        return Optional.ofNullable(latest.get(name));
    }

    /** {@return the last line about each file} */
    Collection<JournalEntry> entries() {
        return List.copyOf(latest.values());
    }

    /** Notes what became of a file. {@link #write} writes it. */
    void note(JournalEntry entry) {
        unwritten.add(entry);
        latest.put(entry.name(), entry);
    }

    /**
     * Writes what was noted, and waits until the disk has it.
     *
     * @throws IOException when the file is gone or cannot be written; what was noted is kept for the next call
     */
    void write() throws IOException {
        if (unwritten.isEmpty()) {
            return;
        }
        var text = unwritten.stream().map(entry -> entry.json() + "\n").collect(Collectors.joining());
        // without CREATE: in the place of an unmounted folder there must be no new journal
        try (var out = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            append(out, ByteBuffer.wrap((isCutOff(out) ? "\n" + text : text).getBytes(UTF_8)));
            out.force(false);
        }
        unwritten.clear();
    }

    private static boolean isCutOff(FileChannel out) throws IOException {
        var last = ByteBuffer.allocate(1);
        return out.size() > 0 && out.read(last, out.size() - 1) == 1 && last.get(0) != LINE_END;
    }

    private static void append(FileChannel out, ByteBuffer bytes) throws IOException {
        out.position(out.size());
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
