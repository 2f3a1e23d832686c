package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;
import static io.sluice.runtime.RuntimeFailure.UNENCODABLE;
import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static io.sluice.schemas.job.JobStatus.SUPERSEDED;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Done;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
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
 * use a broker and keeps no state between passes. A batch that fails as a whole is halved until each failing record is
 * alone in its batch.
 */
final class BatchRun<E extends Event> {
    private final Pipeline<E> pipeline;
    private final RecordReader<E> reader;
    private final Emissions emissions;

    BatchRun(Pipeline<E> pipeline, RecordReader<E> reader, Emissions emissions) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.emissions = emissions;
    }

    /**
     * Runs a batch.
     *
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
        var handled = handle(Collections.unmodifiableList(entries)).iterator();
        var verdicts = new ArrayList<Verdict>(works.size());
        for (var reading : readings) {
            verdicts.add(
                    switch (reading) {
                        case Entry<E>(var received) -> judge(received, handled.next());
                        case Misplaced<E>(var partition) -> new Verdict.Misplaced(partition);
                        case Bad<E>(var failure) -> new Verdict.Failed(failure);
                    });
        }
        return verdicts;
    }

    private List<Outcome> handle(List<Received<E>> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            return checked(pipeline.handler().handle(batch), batch.size());
        } catch (HandlerContractException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            var failure = classify(e);
            return batch.size() == 1 || isDependency(failure)
                    ? Collections.nCopies(batch.size(), Outcome.failed(failure))
                    : bisect(batch);
        }
    }

    private List<Outcome> bisect(List<Received<E>> batch) throws InterruptedException {
        var middle = batch.size() / 2;
        var outcomes = new ArrayList<Outcome>(batch.size());
        outcomes.addAll(handle(batch.subList(0, middle)));
        outcomes.addAll(handle(batch.subList(middle, batch.size())));
        return outcomes;
    }

    private List<Outcome> checked(List<Outcome> outcomes, int expected) {
        if (outcomes.size() != expected) {
            throw new HandlerContractException(
                    pipeline.name(), "gave " + outcomes.size() + " outcomes for " + expected + " records");
        }
        return outcomes;
    }

    private Failure classify(Exception thrown) {
        return pipeline.errors()
                .translate(thrown)
                .orElseGet(() -> new Retryable(
                        UNCLASSIFIED, "the handler threw " + thrown.getClass().getSimpleName(), RECORD, thrown));
    }

    private static boolean isDependency(Failure failure) {
        return failure instanceof Retryable retryable && retryable.scope() == DEPENDENCY;
    }

    private Verdict judge(Received<E> received, Outcome outcome) {
        var passed = pipeline.completesJobs() ? SUCCEEDED : PROCESSING;
        return switch (outcome) {
            case Done() -> new Verdict.Passed(List.of(), passed);
            case Superseded() -> new Verdict.Passed(List.of(), SUPERSEDED);
            case Emit(var events) -> emit(received, events, passed);
            case Failed(var failure) -> new Verdict.Failed(failure);
        };
    }

    private Verdict emit(Received<E> received, List<Emission<?>> events, JobStatus passed) {
        try {
            return new Verdict.Passed(emissions.encode(events, received), passed);
        } catch (IllegalArgumentException e) {
            return new Verdict.Failed(new Fatal(UNENCODABLE, String.valueOf(e.getMessage()), e));
        }
    }
}
