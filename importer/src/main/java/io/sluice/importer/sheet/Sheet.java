package io.sluice.importer.sheet;

import java.util.List;
import java.util.Map;

/** A file of rows, which can be read from its beginning as often as needed. Belongs to one thread. */
public interface Sheet {
    /**
     * Reads the rows that are not blank, in the order of the file, until there are none or none is wanted any more. The
     * first is the header.
     *
     * @return what whoever sent the file should know about how it was read, one sentence each
     * @throws FileRefusedException when the file cannot be read to its end, or goes beyond a limit
     * @throws InterruptedException when the rows' reader threw it
     */
    List<String> read(Rows rows) throws InterruptedException;

    /** {@return what the file turned out to be, such as its {@code format} and {@code encoding}} */
    Map<String, String> facts();

    /** Whoever reads rows. */
    @FunctionalInterface
    interface Rows {
        /** {@return whether to read on, after taking the next row} */
        boolean accept(Row row) throws InterruptedException;
    }
}
