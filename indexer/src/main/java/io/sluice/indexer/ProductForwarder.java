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
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.imports.RowStore.RowResult;
import io.sluice.stores.product.ProductLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows that are products as events on products.v1. What a row does not mention, it takes from the ledger. The
 * ledger is behind the topic by all that the embedder and the indexer still have to do, so a product that is under way
 * loses what the ledger does not have yet. An unchanged product is published too, and so replaces what is still under way.
 *
 * <p>Rows are published before their outcomes are written, while no connection to the database is held. So two things can
 * happen, and neither loses a row or counts it twice:
 *
 * <ul>
 *   <li>After a crash in between, the rows come again and are published again: the same products, unless the ledger has
 *       learned more of them meanwhile. The second outcome is the one that counts; a row that was new may then be unchanged.
 *   <li>An import that is canceled in between has the rows of this one batch published and counted as canceled.
 * </ul>
 */
final class ProductForwarder {
    /** What it means when products cannot be published. */
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
     * What became of rows.
     *
     * @param results of rows that are part of an import; not of those that have an outcome, or whose import is unknown
     * @param failures of rows that are part of none and cannot be published
     */
    record Forwarded(List<RowResult> results, Map<Row, Fatal> failures) {}

    /**
     * Publishes those rows that have no outcome yet and whose import is not canceled; of a dry run, only says what would
     * become of them. Returns when Kafka has acknowledged all of them.
     *
     * @throws NotPublishedException when Kafka does not take products; some of them may be published all the same
     */
    Forwarded forward(List<Row> candidates) throws InterruptedException {
        var forwarded = new Forwarded(new ArrayList<>(), new HashMap<>());
        if (candidates.isEmpty()) {
            return forwarded;
        }
        var known = imports.find(candidates.stream()
                .map(row -> row.data().importId())
                .filter(Objects::nonNull)
                .collect(toSet()));
        var published = new ArrayList<Row>(candidates.size());
        var tried = new ArrayList<Row>(0);
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
                forwarded.results().add(RowResult.of(importId, rowNumber(row), CANCELED));
            } else {
                (of.request().runsDry() ? tried : published).add(row);
            }
        }
        forward(published, false, forwarded);
        forward(tried, true, forwarded);
        return forwarded;
    }

    /** A row of an import's file; a record that comes again, in whatever shape, has the position of the first. */
    private record RowPosition(String importId, int rowNumber) {}

    private static List<Row> firstOfEachPosition(List<Row> rows) {
        var met = new HashSet<RowPosition>();
        return rows.stream()
                .filter(row -> row.data().importId() == null
                        || met.add(new RowPosition(row.data().importId(), rowNumber(row))))
                .toList();
    }

    /** A product as a row makes it, on its way. */
    private record Sending(Row row, ProductSaved product, RowOutcome outcome, CompletableFuture<?> ack) {}

    /** Rows of one key go one after the other: what the second leaves out, it takes from the first, if that was taken. */
    private void forward(List<Row> candidates, boolean dryRun, Forwarded forwarded) throws InterruptedException {
        var standing =
                new HashMap<>(products.find(candidates.stream().map(Row::key).collect(toSet())));
        for (var round : rounds(candidates)) {
            for (var sent : send(round, standing, dryRun, forwarded)) {
                switch (refusal(sent.ack())) {
                    case null -> {
                        standing.put(sent.row().key(), sent.product());
                        accept(sent.row(), sent.outcome(), forwarded);
                    }
                    case Fatal tooLarge -> reject(sent.row(), TOO_LARGE, tooLarge, forwarded);
                }
            }
        }
    }

    private static List<List<Row>> rounds(List<Row> rows) {
        var rounds = new ArrayList<List<Row>>();
        var met = new HashMap<String, Integer>();
        for (var row : rows) {
            var round = met.merge(row.key(), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(row);
        }
        return rounds;
    }

    private List<Sending> send(List<Row> round, Map<String, ProductSaved> standing, boolean dryRun, Forwarded forwarded)
            throws InterruptedException {
        var sendings = new ArrayList<Sending>(round.size());
        for (var row : round) {
            var before = standing.get(row.key());
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
                break; // each of the others would wait in turn to learn the same
            }
        }
        awaitAll(sendings);
        return sendings;
    }

    /** Also when Kafka is away: what arrives late must not overtake what is published next. */
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
        var importId = row.data().importId();
        if (importId != null) {
            forwarded.results().add(RowResult.of(importId, rowNumber(row), outcome));
        }
    }

    private static void reject(Row row, Reason reason, Fatal failure, Forwarded forwarded) {
        var importId = row.data().importId();
        if (importId == null) {
            forwarded.failures().put(row, failure);
        } else {
            forwarded
                    .results()
                    .add(RowResult.rejected(importId, rowNumber(row), row.data().fields(), List.of(reason)));
        }
    }

    private static int rowNumber(Row row) {
        return Objects.requireNonNull(row.data().rowNumber(), "a row of an import has a number");
    }

    /** Kafka did not take products. */
    static final class NotPublishedException extends RuntimeException {
        NotPublishedException(Throwable cause) {
            super(cause);
        }
    }
}
