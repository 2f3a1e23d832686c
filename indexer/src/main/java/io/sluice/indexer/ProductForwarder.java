package io.sluice.indexer;

import static io.sluice.stores.imports.RowStore.RowOutcome.CANCELED;
import static io.sluice.stores.imports.RowStore.RowOutcome.CREATED;
import static io.sluice.stores.imports.RowStore.RowOutcome.UNCHANGED;
import static io.sluice.stores.imports.RowStore.RowOutcome.UPDATED;
import static java.util.stream.Collectors.toSet;

import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.PublishErrors;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.imports.RowPosition;
import io.sluice.stores.imports.RowRounds;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.imports.RowStore.RowResult;
import io.sluice.stores.product.ProductLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes product rows as events on products.v1. Metadata and the image that a row does not mention come from the
 * ledger. The ledger lags behind the topic, until the embedder and the indexer have handled a product. So if a product
 * is still on its way, the event of the row replaces it and loses what the ledger does not have yet. An unchanged
 * product is published too, so it also replaces a product on its way.
 *
 * <p>The forwarder publishes rows before it writes their outcomes, and holds no database connection meanwhile. So two
 * things can happen; neither loses a row or counts it twice:
 *
 * <ul>
 *   <li>After a crash in between, the rows are delivered and published again: as the same products, unless the ledger
 *       has changed meanwhile. Only the second outcome is recorded; a row that was new may then be unchanged.
 *   <li>If an import is canceled in between, rows that are being published at that moment arrive in Kafka after the
 *       cancellation, and are counted as canceled. They may replace a product that was sent after the cancellation.
 * </ul>
 */
final class ProductForwarder {
    /** Translates the failure to publish products. */
    static final FailureTranslator ERRORS = thrown ->
            thrown instanceof NotPublishedException ? Optional.of(PublishErrors.of(thrown)) : Optional.empty();

    private static final Reason TOO_LARGE = new Reason(
            null,
            "the product is larger than the topic %s takes: shorten its description or metadata"
                    .formatted(Topics.PRODUCTS.name()));

    private final RowStore rows;
    private final ImportLedger imports;
    private final ProductLedger products;
    private final EventPublisher publisher;

    ProductForwarder(RowStore rows, ImportLedger imports, ProductLedger products, EventPublisher publisher) {
        this.rows = rows;
        this.imports = imports;
        this.products = products;
        this.publisher = publisher;
    }

    /**
     * The outcomes of rows.
     *
     * @param results of rows that belong to an import, without those that had an outcome already or whose import is
     *     unknown
     * @param failures of rows that belong to no import and cannot be published; by identity, because two equal rows may
     *     have different failures
     */
    record Forwarded(List<RowResult> results, Map<Row, Fatal> failures) {}

    /**
     * Publishes those rows that have no outcome yet and whose import is not canceled. For a dry run, it only computes
     * the outcomes. Returns when Kafka has acknowledged every event.
     *
     * @throws NotPublishedException when Kafka does not accept products; some of them may be published all the same
     */
    Forwarded forward(List<Row> candidates) throws InterruptedException {
        var forwarded = new Forwarded(new ArrayList<>(), new IdentityHashMap<>());
        if (candidates.isEmpty()) {
            return forwarded;
        }
        var known = importsOf(candidates);
        var published = new ArrayList<Row>(candidates.size());
        var dryRuns = new ArrayList<Row>(0);
        for (var row : rows.withoutOutcome(firstOfEachPosition(candidates))) {
            var importId = row.data().importId();
            if (importId == null) {
                published.add(row);
                continue;
            }
            var of = known.get(importId);
            if (of == null) {
                continue;
            }
            if (of.canceled()) {
                accept(row, CANCELED, forwarded);
            } else {
                (of.request().runsDry() ? dryRuns : published).add(row);
            }
        }
        forward(published, false, forwarded);
        forward(dryRuns, true, forwarded);
        return forwarded;
    }

    private static List<Row> firstOfEachPosition(List<Row> rows) {
        var seen = new HashSet<RowPosition>();
        return rows.stream()
                .filter(row -> RowPosition.of(row).map(seen::add).orElse(true))
                .toList();
    }

    /** A product made from a row, and the acknowledgment it waits for. */
    private record Sending(Row row, ProductSaved product, RowOutcome outcome, CompletableFuture<?> ack) {}

    /**
     * Forwards rows of one key one after the other: the second takes what it does not mention from the first, if Kafka
     * accepted the first.
     */
    private void forward(List<Row> candidates, boolean dryRun, Forwarded forwarded) throws InterruptedException {
        var current =
                new HashMap<>(products.find(candidates.stream().map(Row::key).collect(toSet())));
        var isFirst = true;
        for (var round : RowRounds.of(candidates, Row::key)) {
            var wanted = isFirst ? round : withoutCanceled(round, forwarded);
            isFirst = false;
            for (var sent : send(wanted, current, dryRun, forwarded)) {
                switch (refusal(sent.ack())) {
                    case null -> {
                        current.put(sent.row().key(), sent.product());
                        accept(sent.row(), sent.outcome(), forwarded);
                    }
                    case Fatal tooLarge -> reject(sent.row(), TOO_LARGE, tooLarge, forwarded);
                }
            }
        }
    }

    /** Leaves out rows whose import was canceled while the rounds before were published. */
    private List<Row> withoutCanceled(List<Row> round, Forwarded forwarded) {
        var known = importsOf(round);
        var wanted = new ArrayList<Row>(round.size());
        for (var row : round) {
            var importId = row.data().importId();
            var of = importId == null ? null : known.get(importId);
            if (of != null && of.canceled()) {
                accept(row, CANCELED, forwarded);
            } else {
                wanted.add(row);
            }
        }
        return wanted;
    }

    private Map<String, Known> importsOf(List<Row> rows) {
        return imports.find(rows.stream()
                .map(row -> row.data().importId())
                .filter(Objects::nonNull)
                .collect(toSet()));
    }

    private List<Sending> send(List<Row> round, Map<String, ProductSaved> current, boolean dryRun, Forwarded forwarded)
            throws InterruptedException {
        var sendings = new ArrayList<Sending>(round.size());
        for (var row : round) {
            var before = current.get(row.key());
            ProductSaved product;
            try {
                product = RowProduct.of(row, before);
            } catch (InvalidEventException e) {
                var reason = new Reason(e.field(), e.problem());
                reject(row, reason, new Fatal(RuntimeFailure.INVALID_EVENT, reason.sentence(), e), forwarded);
                continue;
            }
            CompletableFuture<?> ack = dryRun
                    ? CompletableFuture.completedFuture(null)
                    : publisher.publish(Topics.PRODUCTS, row.key(), product, Map.of());
            var outcome = before == null ? CREATED : before.equals(product) ? UNCHANGED : UPDATED;
            sendings.add(new Sending(row, product, outcome, ack));
            if (isOutage(ack)) {
                break; // each of the others would wait, one after the other, and fail too
            }
        }
        awaitAll(sendings);
        return sendings;
    }

    /**
     * Waits for all acknowledgments, even when one has failed: an event that is written late must not overtake the next
     * ones.
     */
    private static void awaitAll(List<Sending> sendings) throws InterruptedException {
        var all = CompletableFuture.allOf(sendings.stream().map(Sending::ack).toArray(CompletableFuture[]::new));
        try {
            all.get();
        } catch (ExecutionException e) {
            for (var sending : sendings) {
                if (isOutage(sending.ack())) {
                    throw new NotPublishedException(sending.ack().exceptionNow());
                }
            }
        }
    }

    private static boolean isOutage(CompletableFuture<?> ack) {
        return ack.isCompletedExceptionally() && !(PublishErrors.of(ack.exceptionNow()) instanceof Fatal);
    }

    private static @Nullable Fatal refusal(CompletableFuture<?> ack) {
        return ack.isCompletedExceptionally() && PublishErrors.of(ack.exceptionNow()) instanceof Fatal fatal
                ? fatal
                : null;
    }

    private static void accept(Row row, RowOutcome outcome, Forwarded forwarded) {
        RowPosition.of(row)
                .ifPresent(at -> forwarded.results().add(RowResult.of(at.importId(), at.rowNumber(), outcome)));
    }

    private static void reject(Row row, Reason reason, Fatal failure, Forwarded forwarded) {
        RowPosition.of(row)
                .ifPresentOrElse(
                        at -> forwarded
                                .results()
                                .add(RowResult.rejected(
                                        at.importId(),
                                        at.rowNumber(),
                                        row.data().fields(),
                                        List.of(reason))),
                        () -> forwarded.failures().put(row, failure));
    }

    /** Kafka did not accept products. */
    static final class NotPublishedException extends RuntimeException {
        NotPublishedException(Throwable cause) {
            super(cause);
        }
    }
}
