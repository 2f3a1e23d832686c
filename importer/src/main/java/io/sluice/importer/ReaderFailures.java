package io.sluice.importer;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file's refusal of what nobody foresaw. Whatever reading a file throws, it is the file that made it: coming again
 * would not help it, nor may it stop the files behind it.
 */
final class ReaderFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderFailures.class);

    private ReaderFailures() {}

    /**
     * Does one step of reading a file, and nothing that could fail for another reason than the file.
     *
     * @throws FileRefusedException for everything that the step throws
     */
    static <T extends @Nullable Object> T asRefusal(String importId, Supplier<T> step) {
        try {
            return step.get();
        } catch (FileRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("import", importId).setCause(e).log("file made its reader fail");
            throw new FileRefusedException(
                    ImporterFailure.FILE_DAMAGED,
                    "The file cannot be read; open it in a spreadsheet program, save it anew, and send that.",
                    e);
        }
    }
}
