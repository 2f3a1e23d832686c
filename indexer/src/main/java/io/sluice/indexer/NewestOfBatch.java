package io.sluice.indexer;

import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.product.ProductVectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces a batch to the newest record of each product. The older records are superseded. Two records with the same
 * version get the same outcome.
 */
final class NewestOfBatch {
    private final List<Received<ProductVectors>> batch;
    private final Map<String, Received<ProductVectors>> newest = new LinkedHashMap<>();

    NewestOfBatch(List<Received<ProductVectors>> batch) {
        this.batch = batch;
        for (var received : batch) {
            newest.merge(received.key(), received, (a, b) -> b.version() >= a.version() ? b : a);
        }
    }

    /** {@return the newest record of each product} */
    Collection<Received<ProductVectors>> records() {
        return newest.values();
    }

    /**
     * {@return one outcome for each record of the batch, in its order}
     *
     * @param byProduct the outcomes of the newest records, by product id
     */
    List<Outcome> outcomes(Map<String, Outcome> byProduct) {
        var outcomes = new ArrayList<Outcome>(batch.size());
        for (var received : batch) {
            var counts = newest.get(received.key());
            var isNewest = counts != null && counts.version() == received.version();
            outcomes.add(
                    isNewest ? byProduct.getOrDefault(received.key(), Outcome.superseded()) : Outcome.superseded());
        }
        return outcomes;
    }
}
