package io.sluice.indexer;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topics;
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
 * Writes products to the ledger, which decides what is newest. Then writes the products that the ledger accepted to the
 * vector store. After a crash in between, the redelivered record does the missing work.
 *
 * <p>The vector store does not remember deletions. If the ledger says that a product is deleted, the indexer removes
 * its point, because a slow writer may have put the point back after the deletion.
 */
final class ProductIndexer implements BatchHandler<ProductVectors> {
    private final String index;
    private final ProductLedger ledger;
    private final VectorStore vectors;
    private final LateRecords late;

    ProductIndexer(String index, ProductLedger ledger, VectorStore vectors) {
        this.index = index;
        this.ledger = ledger;
        this.vectors = vectors;
        this.late = new LateRecords(ledger, Topics.productsToEmbedAgain(index));
    }

    @Override
    public List<Outcome> handle(List<Received<ProductVectors>> batch) {
        var before = late.before(batch);
        var newest = new NewestOfBatch(batch);
        var outcomes = new HashMap<String, Outcome>();
        outcomes.putAll(index(fitting(newest.records(), outcomes)));
        return late.mended(batch, newest.outcomes(outcomes), before);
    }

    /**
     * Prepares the index for the vectors of the records. Returns the records that the index can hold, and adds the
     * outcome of each other record to {@code outcomes}.
     */
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
        var accepted = records.stream()
                .filter(received -> saved.contains(received.key()))
                .toList();
        project(accepted);
        var indexed = ledger.markIndexed(
                index, accepted.stream().map(ProductIndexer::entry).toList());
        removeDeleted(records, indexed);

        var outcomes = new HashMap<String, Outcome>();
        for (var received : records) {
            outcomes.put(received.key(), indexed.contains(received.key()) ? Outcome.done() : Outcome.superseded());
        }
        return outcomes;
    }

    private void project(List<Received<ProductVectors>> accepted) {
        var points = new ArrayList<Point>();
        var removals = new ArrayList<Removal>();
        for (var received : accepted) {
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

    private void removeDeleted(List<Received<ProductVectors>> records, Set<String> indexed) {
        var overtaken = new HashSet<String>();
        for (var received : records) {
            if (!indexed.contains(received.key())) {
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
