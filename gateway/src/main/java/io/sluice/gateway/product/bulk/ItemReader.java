package io.sluice.gateway.product.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the items of a body one by one. At most one item is in memory. */
interface ItemReader extends AutoCloseable {
    /**
     * Returns the next item, or null at the end of the body. Blocks until the item has arrived.
     *
     * @throws ItemDeadline.TooSlowException when the item does not arrive in time
     * @throws IOException when the body ended too early
     */
    @Nullable Item next() throws IOException;

    /** Drops the unread rest of the body. */
    @Override
    void close();
}
