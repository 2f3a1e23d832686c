package io.sluice.indexer;

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
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowForwarder;
import io.sluice.stores.imports.RowStore.Standing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes rows and what became of them, then tells each import how far it is; the one whose write completes an import says
 * that it has succeeded. After a crash in between, the batch comes again: its rows have outcomes and are left alone, and
 * the counts, which are summed anew, are told again.
 */
final class RowIndexer implements BatchHandler<ImportRow> {
    private final RowStore store;
    private final RowReader reader;
    private final RowForwarder forwarder;
    private final Clock clock;

    RowIndexer(RowStore store, RowReader reader, RowForwarder forwarder, Clock clock) {
        this.store = store;
        this.reader = reader;
        this.forwarder = forwarder;
        this.clock = clock;
    }

    @Override
    public List<Outcome> handle(List<Received<ImportRow>> batch) {
        var readings = batch.stream().map(reader::read).toList();
        return outcomes(readings, store.write(batchOf(readings)));
    }

    private Batch batchOf(List<Reading> readings) {
        var rows = new ArrayList<Row>(readings.size());
        var refused = new ArrayList<RowStore.Refused>();
        var rejections = new ArrayList<Rejection>();
        var ends = new ArrayList<End>();
        for (var reading : readings) {
            switch (reading) {
                case Right(var row) -> rows.add(row);
                case Refused(var row) -> refused.add(row);
                case Wrong(var rejection) -> rejections.add(rejection);
                case Last(var end) -> ends.add(end);
                case Unfit(var failure) -> {}
            }
        }
        return new Batch(rows, refused, rejections, ends, forwarder);
    }

    /** How far an import is, goes out with the last of its records, after which all of them are done. */
    private List<Outcome> outcomes(List<Reading> readings, Map<String, Standing> standings) {
        var told = new HashSet<String>();
        var outcomes = new ArrayList<Outcome>(readings.size());
        for (var reading : readings.reversed()) {
            outcomes.add(
                    switch (reading) {
                        case Unfit(var failure) -> Outcome.failed(failure);
                        case Right right -> outcome(right, standings, told);
                        case Refused broken -> outcome(broken, standings, told);
                        case Wrong wrong -> outcome(wrong, standings, told);
                        case Last last -> outcome(last, standings, told);
                    });
        }
        return outcomes.reversed();
    }

    private Outcome outcome(Reading reading, Map<String, Standing> standings, Set<String> told) {
        var importId = reading.importId();
        if (importId == null) {
            return Outcome.done();
        }
        var standing = standings.get(importId);
        if (standing == null) {
            return Outcome.failed(
                    new Fatal(IndexerFailure.IMPORT_UNKNOWN, "nobody opened the import '%s'".formatted(importId)));
        }
        return told.add(importId) ? Outcome.emit(Topics.JOB_EVENTS, event(importId, standing)) : Outcome.done();
    }

    private JobEvent event(String importId, Standing standing) {
        return step(standing).withSubject(importId).withCounts(standing.counts().byName());
    }

    /** Whoever canceled an import says so too, unless it dies before; a job that is over takes no notice of the second. */
    private JobEvent step(Standing standing) {
        var at = clock.instant();
        if (standing.canceled()) {
            return JobEvent.canceled(standing.jobId(), JobKind.IMPORT, at);
        }
        return standing.isComplete()
                ? JobEvent.succeeded(standing.jobId(), JobKind.IMPORT, "imported", at)
                : JobEvent.step(standing.jobId(), JobKind.IMPORT, "written", at);
    }
}
