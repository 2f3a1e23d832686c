package io.sluice.importer.sheet;

import java.util.List;
import java.util.Map;

/** A file of rows, which can be read from its beginning as often as needed. Belongs to one thread. */
public interface Sheet {
    /**
     * {@return a cursor that begins before the first row}
     *
     * @throws FileRefusedException when the file cannot be read
     */
    RowCursor rows();

    /** {@return what the sender of the file should know about how it was read, one sentence each} */
    List<String> notes();

    /** {@return whether a row ends with its last value, so that one with fewer cells than the header lacks nothing} */
    default boolean leavesOutBlankCells() {
        return false;
    }

    /** {@return whether the first row is certainly the header, as the names of JSON objects are} */
    default boolean hasNamedCells() {
        return false;
    }

    /** {@return what the file is, such as its {@code format} and {@code encoding}} */
    Map<String, String> facts();

    /** {@return whether it says which cells are numbers and which are texts} */
    default boolean tellsNumbers() {
        return true;
    }
}
