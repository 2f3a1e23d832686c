package io.sluice.stores.product;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.product.ProductSaved;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest version of every product. The version of a product never decreases. */
public interface ProductLedger extends Dependency {
    /**
     * One write.
     *
     * @param product null for a deletion, which leaves a tombstone
     */
    record Entry(String productId, long version, @Nullable ProductSaved product) {}

    /** A product in its newest version. */
    record Known(ProductSaved product, long version) {}

    /**
     * Writes a batch in one transaction. An entry is written if its version is not older than the ledger's. Of several
     * entries with one id, only the newest is written.
     *
     * @return the ids whose newest entry of the batch was written. Every other entry has been superseded
     */
    Set<String> save(List<Entry> entries);

    /**
     * Records that an index now has these versions. Skips an entry if the ledger has another version of the product by
     * now.
     *
     * @return the ids recorded; a product whose id is missing here has changed in the meantime
     */
    Set<String> markIndexed(String index, Collection<Entry> entries);

    /** {@return the versions of those of these products that are deleted, by id} */
    Map<String, Long> tombstones(Collection<String> productIds);

    /** {@return the newest versions of those of these products that are known, deleted ones too, by id} */
    Map<String, Entry> newest(Collection<String> productIds);

    /** {@return those of these products that are known and not deleted, by id} */
    Map<String, ProductSaved> find(Collection<String> productIds);

    /** {@return the product; empty when it is unknown or deleted} */
    Optional<Known> find(String productId);
}
