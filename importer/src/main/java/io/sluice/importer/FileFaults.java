package io.sluice.importer;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a file's fault from everybody else's. Whatever reading a file throws that nobody foresaw, it is the file that made
 * it: coming again would not help it, nor may it stop the files behind it.
 */
final class FileFaults {
    private static final Logger LOG = LoggerFactory.getLogger(FileFaults.class);

    private FileFaults() {}

    /** Something done with a file. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws InterruptedException;
    }

    /**
     * Reads a file.
     *
     * @throws FileRefusedException for everything that the step throws, but for what it throws within {@link #others}
     */
    static <T> T of(String importId, Step<T> step) throws InterruptedException {
        try {
            return step.run();
        } catch (FileRefusedException e) {
            throw e;
        } catch (OthersException e) {
            throw e.thrown;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("import", importId).setCause(e).log("file made its reader fail");
            throw new FileRefusedException(
                    ImporterFailure.FILE_DAMAGED,
                    "The file cannot be read; open it in a spreadsheet program, save it anew, and send that.",
                    e);
        }
    }

    /** Does something while a file is read that is not the file's fault when it fails. */
    static <T> T others(Step<T> step) throws InterruptedException {
        try {
            return step.run();
        } catch (RuntimeException e) {
            throw new OthersException(e);
        }
    }

    private static final class OthersException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException thrown;

        OthersException(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }
    }
}
