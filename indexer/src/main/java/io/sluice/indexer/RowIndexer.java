package io.sluice.indexer;

import static java.util.stream.Collectors.toSet;

import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.indexer.RowClassifier.Classified;
import io.sluice.indexer.RowClassifier.Classified.FileEnd;
import io.sluice.indexer.RowClassifier.Classified.Invalid;
import io.sluice.indexer.RowClassifier.Classified.Rejected;
import io.sluice.indexer.RowClassifier.Classified.Unusable;
import io.sluice.indexer.RowClassifier.Classified.Valid;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows and their outcomes, then reports the counts of each import to its job. The write that completes an import
 * reports that the job has succeeded. After a crash in between, the batch is delivered again: its rows have outcomes
 * and are not written again, and the counts are summed and reported again.
 */
final class RowIndexer implements BatchHandler<ImportRow> {
    private final RowStore store;
    private final ImportLedger imports;
    private final RowClassifier classifier;
    private final ProductForwarder products;
    private final Clock clock;

    RowIndexer(RowStore store, ImportLedger imports, RowClassifier classifier, ProductForwarder products, Clock clock) {
        this.store = store;
        this.imports = imports;
        this.classifier = classifier;
        this.products = products;
        this.clock = clock;
    }

    @Override
    public List<Outcome> handle(List<Received<ImportRow>> batch) throws InterruptedException {
        var events = batch.stream().map(classifier::classify).toList();
        var forwarded = products.forward(rows(events, Target.PRODUCTS));
        // a batch of their own: if a table refused another row of the batch, these rows would be published again
        store.write(Batch.of(forwarded.results()));
        store.write(batchOf(events));
        return outcomes(events, forwarded.failures());
    }

    private static List<Row> rows(List<Classified> events, Target target) {
        return events.stream()
                .flatMap(event -> event instanceof Valid(var row) ? Stream.of(row) : Stream.empty())
                .filter(row -> row.kind().target() == target)
                .toList();
    }

    private static Batch batchOf(List<Classified> events) {
        var invalid = new ArrayList<RowResult>();
        var rejections = new ArrayList<Rejection>();
        var ends = new ArrayList<End>();
        for (var event : events) {
            switch (event) {
                case Invalid(var row) -> invalid.add(row);
                case Rejected(var rejection) -> rejections.add(rejection);
                case FileEnd(var end) -> ends.add(end);
                case Valid(var row) -> {}
                case Unusable(var failure) -> {}
            }
        }
        return new Batch(rows(events, Target.TABLE), invalid, rejections, ends);
    }

    /**
     * Makes the outcomes of the batch. For each import, only its last record in the batch reports the counts: they
     * already include every row of the batch.
     */
    private List<Outcome> outcomes(List<Classified> events, Map<Row, Fatal> failures) {
        var known = imports.find(events.stream()
                .map(Classified::importId)
                .filter(Objects::nonNull)
                .collect(toSet()));
        var reported = new HashSet<String>();
        var outcomes = new ArrayList<Outcome>(events.size());
        for (var event : events.reversed()) {
            var failure = failure(event, failures);
            outcomes.add(failure == null ? outcome(event.importId(), known, reported) : Outcome.failed(failure));
        }
        return outcomes.reversed();
    }

    private static @Nullable Fatal failure(Classified event, Map<Row, Fatal> failures) {
        return switch (event) {
            case Unusable(var failure) -> failure;
            case Valid(var row) -> failures.get(row);
            case Invalid _, Rejected _, FileEnd _ -> null;
        };
    }

    private Outcome outcome(@Nullable String importId, Map<String, Known> known, Set<String> reported) {
        if (importId == null) {
            return Outcome.done();
        }
        var found = known.get(importId);
        if (found == null) {
            return Outcome.failed(new Fatal(
                    IndexerFailure.IMPORT_UNKNOWN,
                    "the import '%s' is not in the table of imports".formatted(importId)));
        }
        return reported.add(importId) ? Outcome.emit(Topics.JOB_EVENTS, event(importId, found)) : Outcome.done();
    }

    private JobEvent event(String importId, Known known) {
        return step(known).withSubject(importId).withCounts(known.counts().byName());
    }

    /**
     * Reports the cancellation too: the gateway, which cancels imports, may crash before it reports. A second report
     * does not change a job that has ended.
     */
    private JobEvent step(Known known) {
        var at = clock.instant();
        var jobId = known.request().jobId();
        if (known.canceled()) {
            return JobEvent.canceled(jobId, JobKind.IMPORT, at);
        }
        return known.isComplete()
                ? JobEvent.succeeded(jobId, JobKind.IMPORT, "imported", at)
                : JobEvent.step(jobId, JobKind.IMPORT, "written", at);
    }
}
