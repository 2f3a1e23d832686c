package io.sluice.importer.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is in a file of JSON, one item a row, blank lines left out. */
interface JsonItems extends AutoCloseable {
    /** {@return the next item; null behind the last one} */
    @Nullable JsonItem next() throws IOException;

    @Override
    void close() throws IOException;
}
