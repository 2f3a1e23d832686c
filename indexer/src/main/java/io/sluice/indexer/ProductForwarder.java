package io.sluice.indexer;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.stores.imports.RowStore.RowOutcome.CREATED;
import static io.sluice.stores.imports.RowStore.RowOutcome.UNCHANGED;
import static io.sluice.stores.imports.RowStore.RowOutcome.UPDATED;

import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowForwarder;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.ledger.ProductLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are products, as events on products.v1: what a row does not speak of, such as a picture, stays as the ledger
 * has it. The ledger is behind the topic by all that the embedder and the indexer still have to do; so a product that is
 * under way loses what the ledger does not have yet. What is unchanged is passed on too, and stands whatever is still
 * under way.
 */
final class ProductForwarder implements RowForwarder {
    /** What it means when products cannot be passed on. */
    static final FailureTranslator ERRORS = thrown -> thrown instanceof NotTakenException
            ? Optional.of(
                    new Retryable(RuntimeFailure.KAFKA_UNAVAILABLE, "Kafka does not take products", DEPENDENCY, thrown))
            : Optional.empty();

    private final ProductLedger ledger;
    private final EventPublisher publisher;

    ProductForwarder(ProductLedger ledger, EventPublisher publisher) {
        this.ledger = ledger;
        this.publisher = publisher;
    }

    @Override
    public List<RowOutcome> forward(List<Row> rows, boolean dryRun) {
        var standing = new HashMap<>(ledger.find(rows.stream().map(Row::key).toList()));
        var outcomes = new ArrayList<RowOutcome>(rows.size());
        var acks = new ArrayList<CompletableFuture<?>>(rows.size());
        for (var row : rows) {
            var before = standing.get(row.key());
            var product = product(row, before);
            standing.put(row.key(), product);
            outcomes.add(before == null ? CREATED : before.equals(product) ? UNCHANGED : UPDATED);
            if (!dryRun) {
                acks.add(publisher.publish(Topics.PRODUCTS, row.key(), product, Map.of()));
            }
        }
        try {
            CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new NotTakenException(e);
        }
        return outcomes;
    }

    private static ProductSaved product(Row row, @Nullable ProductSaved before) {
        var fields = row.data().fields();
        return new ProductSaved(
                row.key(),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("description", ""),
                metadata(fields, before),
                before == null ? null : before.image());
    }

    private static Metadata metadata(Map<String, String> fields, @Nullable ProductSaved before) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (before != null) {
            values.putAll(before.metadata().values());
        }
        fields.forEach((name, value) -> {
            if (name.startsWith(ImportKind.METADATA)) {
                var key = name.substring(ImportKind.METADATA.length());
                if (value.isEmpty()) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
            }
        });
        return Metadata.of(values);
    }

    /** Kafka did not take what was to be passed on. */
    static final class NotTakenException extends RuntimeException {
        NotTakenException(Throwable cause) {
            super(cause);
        }
    }
}
