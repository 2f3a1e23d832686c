package io.sluice.cli.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a source has been sent, in a file beside it, so that a run that was killed goes on where it stopped. A journal
 * of another source or another gateway does not count; nor does one of a source that has changed.
 */
final class IndexJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String what;

    /** @param what the source and the gateway that the journal is about */
    IndexJournal(Path file, String what) {
        this.file = file;
        this.what = what;
    }

    /**
     * Where a run stands.
     *
     * @param done entries with a result, from the beginning
     * @param rejected how many of them were rejected
     */
    record Standing(long done, long rejected) {}

    private record Page(String what, long done, long rejected) {}

    /** {@return where the last run stopped; empty when it came to its end, or there was none} */
    Optional<Standing> read() {
        try {
            var page = JSON.readValue(file.toFile(), Page.class);
            return page.what().equals(what)
                    ? Optional.of(new Standing(page.done(), page.rejected()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // none, or one that was cut short
        }
    }

    /** Notes where the run stands. A kill leaves this page or the one before. */
    void write(Standing standing) throws IOException {
        var page = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(page.toFile(), new Page(what, standing.done(), standing.rejected()));
        Files.move(page, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets: the run has come to its end. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
