package io.sluice.importer.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of a JSON file, one a row, without blank lines. */
interface JsonItems extends AutoCloseable {
    /** {@return the next item; null after the last one} */
    @Nullable JsonItem next() throws IOException;

    @Override
    void close() throws IOException;
}
