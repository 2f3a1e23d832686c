package io.sluice.importer.sheet;

import org.jspecify.annotations.Nullable;

/** Reads the rows of a file one at a time, in the order of the file. Belongs to one thread, which closes it. */
public interface RowCursor extends AutoCloseable {
    /**
     * {@return the next row that is not blank, beginning with the header; null after the last row}
     *
     * @throws FileRefusedException when the file cannot be read any further, or exceeds a limit
     */
    @Nullable Row next();

    /** Gives back what reading takes; rows that were not asked for are not read. */
    @Override
    void close();
}
