package io.sluice.indexer;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.IndexMismatchException;
import io.sluice.stores.product.VectorStore.Point;
import io.sluice.stores.product.VectorStore.Removal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes products to the ledger, which decides what is newest, then projects what stood into the vector store. A crash
 * anywhere in between leaves work that the redelivered record does again.
 *
 * <p>The vector store does not remember what was deleted. So whoever finds that a product it holds a record of now stands
 * as deleted in the ledger takes its point out: a slow writer may have put it back after the delete.
 */
final class ProductIndexer implements BatchHandler<ProductVectors> {
    private final String index;
    private final ProductLedger ledger;
    private final VectorStore vectors;

    ProductIndexer(String index, ProductLedger ledger, VectorStore vectors) {
        this.index = index;
        this.ledger = ledger;
        this.vectors = vectors;
    }

    @Override
    public List<Outcome> handle(List<Received<ProductVectors>> batch) {
        var newest = new NewestOfBatch(batch);
        var outcomes = new HashMap<String, Outcome>();
        outcomes.putAll(index(fitting(newest.records(), outcomes)));
        return newest.outcomes(outcomes);
    }

    /** Makes room for the records' vectors, and gives back those whose vectors the index can hold. */
    private List<Received<ProductVectors>> fitting(
            Collection<Received<ProductVectors>> records, Map<String, Outcome> outcomes) {
        var fitting = new ArrayList<Received<ProductVectors>>();
        for (var received : records) {
            var event = received.event();
            try {
                if (event != null) {
                    vectors.prepare(index, event.dimensions());
                }
                fitting.add(received);
            } catch (IndexMismatchException e) {
                var why = String.valueOf(e.getMessage());
                outcomes.put(
                        received.key(),
                        Outcome.failed(new Retryable(IndexerFailure.INDEX_MISMATCH, why, DEPENDENCY, e)));
            }
        }
        return fitting;
    }

    private Map<String, Outcome> index(List<Received<ProductVectors>> records) {
        var saved = ledger.save(records.stream().map(ProductIndexer::entry).toList());
        var standing = records.stream()
                .filter(received -> saved.contains(received.key()))
                .toList();
        project(standing);
        var shown = ledger.markIndexed(
                index, standing.stream().map(ProductIndexer::entry).toList());
        takeOutWhatIsDeleted(records, shown);

        var outcomes = new HashMap<String, Outcome>();
        for (var received : records) {
            outcomes.put(received.key(), shown.contains(received.key()) ? Outcome.done() : Outcome.superseded());
        }
        return outcomes;
    }

    private void project(List<Received<ProductVectors>> standing) {
        var points = new ArrayList<Point>();
        var removals = new ArrayList<Removal>();
        for (var received : standing) {
            var event = received.event();
            if (event == null) {
                removals.add(new Removal(received.key(), received.version()));
            } else {
                points.add(new Point(event, received.version()));
            }
        }
        vectors.upsert(index, points);
        vectors.delete(index, removals);
    }

    private void takeOutWhatIsDeleted(List<Received<ProductVectors>> records, Set<String> shown) {
        var overtaken = new HashSet<String>();
        for (var received : records) {
            if (!shown.contains(received.key())) {
                overtaken.add(received.key());
            }
        }
        var removals = new ArrayList<Removal>();
        ledger.tombstones(overtaken).forEach((id, version) -> removals.add(new Removal(id, version)));
        vectors.delete(index, removals);
    }

    private static Entry entry(Received<ProductVectors> received) {
        var event = received.event();
        return new Entry(received.key(), received.version(), event == null ? null : event.product());
    }
}
