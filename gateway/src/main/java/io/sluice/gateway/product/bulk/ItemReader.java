package io.sluice.gateway.product.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of a body, one after the other. What is held of a body is one item at most. */
interface ItemReader extends AutoCloseable {
    /**
     * {@return the next one; null at the end} Blocks until it has come in.
     *
     * @throws ItemDeadline.TooSlowException when it does not come in time
     * @throws IOException when the body broke off
     */
    @Nullable Item next() throws IOException;

    /** Drops what has not been read. */
    @Override
    void close();
}
