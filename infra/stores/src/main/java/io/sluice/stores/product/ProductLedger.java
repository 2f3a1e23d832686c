package io.sluice.stores.product;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.product.ProductSaved;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about products, each in its newest version; versions only rise. */
public interface ProductLedger extends Dependency {
    /**
     * One write.
     *
     * @param product null leaves a tombstone
     */
    record Entry(String productId, long version, @Nullable ProductSaved product) {}

    /** A product as it stands. */
    record Known(ProductSaved product, long version) {}

    /**
     * Writes a batch in one transaction. An entry is written when its version is the ledger's or newer; of several with
     * one id, the newest.
     *
     * @return the ids whose entry stands in the ledger now in the version given; an entry whose id is missing here (or is
     *     here for a newer entry of the same batch) has been superseded
     */
    Set<String> save(List<Entry> entries);

    /**
     * Notes that an index now shows these versions, where they are still the ledger's.
     *
     * @return the ids noted; one that is missing here has moved on meanwhile
     */
    Set<String> markIndexed(String index, Collection<Entry> entries);

    /** {@return those of these products that stand as deleted, and in which version} */
    Map<String, Long> tombstones(Collection<String> productIds);

    /** {@return those of these products that are known and not deleted, by id} */
    Map<String, ProductSaved> find(Collection<String> productIds);

    /** {@return the product; empty when it is unknown or deleted} */
    Optional<Known> find(String productId);
}
