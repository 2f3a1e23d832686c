package io.sluice.embedder;

import io.sluice.runtime.Received;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which products that come out of turn are older than what the ledger has. Nothing must be made of them,
 * because it would be behind the newer version in the topic of vectors.
 */
final class NewerVersions {
    private static final Logger LOG = LoggerFactory.getLogger(NewerVersions.class);

    private final Function<Collection<String>, Map<String, Entry>> ledger;

    /** @param ledger finds the newest versions of products, as {@link ProductLedger#newest} does */
    NewerVersions(Function<Collection<String>, Map<String, Entry>> ledger) {
        this.ledger = ledger;
    }

    /**
     * Asks the ledger once for a batch, and only about records that are out of turn. When Postgres does not answer, it
     * takes none to be older: the indexer notices later, and sends the newer version here again.
     *
     * @return whether a record of the batch is older than what the ledger has
     */
    Predicate<Received<ProductSaved>> overtake(List<Received<ProductSaved>> batch) {
        var newest = newest(batch.stream()
                .filter(Received::outOfTurn)
                .map(Received::key)
                .distinct()
                .toList());
        return received -> {
            var known = newest.get(received.key());
            return received.outOfTurn() && known != null && known.version() > received.version();
        };
    }

    private Map<String, Entry> newest(List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        try {
            return ledger.apply(ids);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("products", ids.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("the ledger does not answer; products that waited are embedded without asking it");
            return Map.of();
        }
    }
}
