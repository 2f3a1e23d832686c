package io.sluice.cli.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Records the progress of a run in a file beside its source, so that a run that was killed can continue. A journal of
 * another source, of a source that has changed, or of another gateway is ignored.
 */
final class IndexJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String what;

    /** @param what identifies the source and the gateway */
    IndexJournal(Path file, String what) {
        this.file = file;
        this.what = what;
    }

    /**
     * The progress of a run.
     *
     * @param done how many entries have a result, counted from the first one
     * @param rejected how many of them were rejected
     */
    record Progress(long done, long rejected) {}

    private record SavedProgress(String what, long done, long rejected) {}

    /** {@return the progress of the last run; empty when it finished, or there was none} */
    Optional<Progress> read() {
        try {
            var record = JSON.readValue(file.toFile(), SavedProgress.class);
            return record.what().equals(what)
                    ? Optional.of(new Progress(record.done(), record.rejected()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no journal, or it is damaged
        }
    }

    /** Records the progress. A kill leaves this record or the one before. */
    void write(Progress progress) throws IOException {
        var record = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(record.toFile(), new SavedProgress(what, progress.done(), progress.rejected()));
        Files.move(record, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the journal of a run that has finished. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
