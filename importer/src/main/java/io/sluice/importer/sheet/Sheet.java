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

    /** {@return what the file is, such as its {@code format} and {@code encoding}} */
    Map<String, String> facts();
}
