package io.sluice.runtime.engine;

import static io.sluice.runtime.RuntimeFailure.UNENCODABLE;
import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static io.sluice.schemas.job.JobStatus.SUPERSEDED;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Done;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.engine.Attempts.Result;
import io.sluice.runtime.engine.RecordReader.Reading.Bad;
import io.sluice.runtime.engine.RecordReader.Reading.Entry;
import io.sluice.runtime.engine.RecordReader.Reading.Misplaced;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One pass of one batch through the handler. It takes records and returns one verdict for each, in order. It does not
 * use a broker.
 */
final class BatchRun<E extends Event> {
    private final Pipeline<E> pipeline;
    private final RecordReader<E> reader;
    private final Emissions emissions;
    private final Attempts<E> attempts;

    BatchRun(Pipeline<E> pipeline, RecordReader<E> reader, Emissions emissions, Attempts<E> attempts) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.emissions = emissions;
        this.attempts = attempts;
    }

    /**
     * Runs a batch.
     *
     * @param works all of them are in doubt, or none
     * @param partitions how many partitions the source topic has
     * @throws InterruptedException when the handler was interrupted; there is no verdict on any record then
     * @throws HandlerContractException when the handler has a defect
     */
    List<Verdict> run(List<Work> works, int partitions) throws InterruptedException {
        var readings = works.stream().map(work -> reader.read(work, partitions)).toList();
        var entries = new ArrayList<Received<E>>();
        for (var reading : readings) {
            if (reading instanceof Entry<E>(var received)) {
                entries.add(received);
            }
        }
        var inDoubt = works.stream().allMatch(Work::isInDoubt);
        var handled =
                attempts.of(Collections.unmodifiableList(entries), inDoubt).iterator();
        var verdicts = new ArrayList<Verdict>(works.size());
        for (var i = 0; i < works.size(); i++) {
            var envelope = works.get(i).envelope();
            verdicts.add(
                    switch (readings.get(i)) {
                        case Entry<E>(var received) -> judge(envelope, handled.next());
                        case Misplaced<E>(var partition) -> new Verdict.Misplaced(partition);
                        case Bad<E>(var failure) -> new Verdict.Failed(failure);
                    });
        }
        return verdicts;
    }

    private Verdict judge(Envelope envelope, Result result) {
        return switch (result) {
            case Result.CutShort() -> new Verdict.CutShort();
            case Result.Ended(Failed(var failure), var isSlow) -> new Verdict.Failed(failure, isSlow);
            case Result.Ended(var outcome, var _) -> judge(envelope, outcome);
        };
    }

    private Verdict judge(Envelope envelope, Outcome outcome) {
        var passed = pipeline.completesJobs() ? SUCCEEDED : PROCESSING;
        return switch (outcome) {
            case Done() -> new Verdict.Passed(List.of(), passed);
            case Superseded(var events) -> emit(envelope, events, SUPERSEDED);
            case Emit(var events) -> emit(envelope, events, passed);
            case Failed(var failure) -> new Verdict.Failed(failure);
        };
    }

    private Verdict emit(Envelope envelope, List<Emission<?>> events, JobStatus passed) {
        try {
            return new Verdict.Passed(emissions.encode(events, envelope), passed);
        } catch (IllegalArgumentException e) {
            return new Verdict.Failed(new Fatal(UNENCODABLE, String.valueOf(e.getMessage()), e));
        }
    }
}
