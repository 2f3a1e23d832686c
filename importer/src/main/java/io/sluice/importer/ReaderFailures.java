package io.sluice.importer;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a file's reader throws into the refusal of the file. A file that makes its reader fail would fail again,
 * and must not hold up the files behind it.
 */
final class ReaderFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderFailures.class);

    private ReaderFailures() {}

    /**
     * Runs one step of reading a file. Nothing else belongs into the step: a failing database would be taken for a
     * broken file.
     *
     * @throws FileRefusedException for every exception that the step throws
     */
    static <T extends @Nullable Object> T asRefusal(String importId, Supplier<T> step) {
        try {
            return step.get();
        } catch (FileRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("import", importId).setCause(e).log("reader failed on a file");
            throw new FileRefusedException(
                    ImporterFailure.FILE_DAMAGED,
                    "The file cannot be read; open it in a spreadsheet program, save it anew, and send that.",
                    e);
        }
    }
}
