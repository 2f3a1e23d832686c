package io.sluice.indexer;

import static java.util.stream.Collectors.toSet;

import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.indexer.RowReader.Reading;
import io.sluice.indexer.RowReader.Reading.Last;
import io.sluice.indexer.RowReader.Reading.Refused;
import io.sluice.indexer.RowReader.Reading.Right;
import io.sluice.indexer.RowReader.Reading.Unfit;
import io.sluice.indexer.RowReader.Reading.Wrong;
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
 * Writes rows and what became of them, then tells each import how far it is; the one whose write completes an import says
 * that it has succeeded. After a crash in between, the batch comes again: its rows have outcomes and are left alone, and
 * the counts, which are summed anew, are told again.
 */
final class RowIndexer implements BatchHandler<ImportRow> {
    private final RowStore store;
    private final ImportLedger imports;
    private final RowReader reader;
    private final ProductForwarder products;
    private final Clock clock;

    RowIndexer(RowStore store, ImportLedger imports, RowReader reader, ProductForwarder products, Clock clock) {
        this.store = store;
        this.imports = imports;
        this.reader = reader;
        this.products = products;
        this.clock = clock;
    }

    @Override
    public List<Outcome> handle(List<Received<ImportRow>> batch) throws InterruptedException {
        var readings = batch.stream().map(reader::read).toList();
        var forwarded = products.forward(rows(readings, Target.PRODUCTS));
        // by themselves: a row that a table refuses fails its batch, and these would be published again
        store.write(Batch.of(forwarded.results()));
        store.write(batchOf(readings));
        return outcomes(readings, forwarded.failures());
    }

    private static List<Row> rows(List<Reading> readings, Target target) {
        return readings.stream()
                .flatMap(reading -> reading instanceof Right(var row) ? Stream.of(row) : Stream.empty())
                .filter(row -> row.kind().target() == target)
                .toList();
    }

    private static Batch batchOf(List<Reading> readings) {
        var refused = new ArrayList<RowResult>();
        var rejections = new ArrayList<Rejection>();
        var ends = new ArrayList<End>();
        for (var reading : readings) {
            switch (reading) {
                case Refused(var row) -> refused.add(row);
                case Wrong(var rejection) -> rejections.add(rejection);
                case Last(var end) -> ends.add(end);
                case Right(var row) -> {}
                case Unfit(var failure) -> {}
            }
        }
        return new Batch(rows(readings, Target.TABLE), refused, rejections, ends);
    }

    /** How far an import is goes out with the last of its records, after which all of them are done. */
    private List<Outcome> outcomes(List<Reading> readings, Map<Row, Fatal> failures) {
        var known = imports.find(readings.stream()
                .map(Reading::importId)
                .filter(Objects::nonNull)
                .collect(toSet()));
        var told = new HashSet<String>();
        var outcomes = new ArrayList<Outcome>(readings.size());
        for (var reading : readings.reversed()) {
            var failure = failure(reading, failures);
            outcomes.add(failure == null ? outcome(reading.importId(), known, told) : Outcome.failed(failure));
        }
        return outcomes.reversed();
    }

    private static @Nullable Fatal failure(Reading reading, Map<Row, Fatal> failures) {
        return switch (reading) {
            case Unfit(var failure) -> failure;
            case Right(var row) -> failures.get(row);
            case Refused _, Wrong _, Last _ -> null;
        };
    }

    private Outcome outcome(@Nullable String importId, Map<String, Known> known, Set<String> told) {
        if (importId == null) {
            return Outcome.done();
        }
        var found = known.get(importId);
        if (found == null) {
            return Outcome.failed(
                    new Fatal(IndexerFailure.IMPORT_UNKNOWN, "nobody opened the import '%s'".formatted(importId)));
        }
        return told.add(importId) ? Outcome.emit(Topics.JOB_EVENTS, event(importId, found)) : Outcome.done();
    }

    private JobEvent event(String importId, Known known) {
        return step(known).withSubject(importId).withCounts(known.counts().byName());
    }

    /** Whoever canceled an import says so too, unless it dies before; a job that is over takes no notice of the second. */
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
