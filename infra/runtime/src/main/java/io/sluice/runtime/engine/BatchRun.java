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
import io.sluice.runtime.Failure.Unclear;
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
import java.util.function.BooleanSupplier;

/**
 * One pass of one batch through the handler. It takes records and returns one verdict for each, in order. It does not
 * use a broker and keeps no state between passes. A batch that fails as a whole is halved until each failing record is
 * alone in its batch.
 *
 * <p>When it is unclear whether a dependency or a record is the cause, the dependencies are probed first. If they work,
 * the record is handled alone once more, and they are probed again. So a store is blamed only when it fails its probe,
 * and a record only when it fails between two probes that pass.
 */
final class BatchRun<E extends Event> {
    private final Pipeline<E> pipeline;
    private final RecordReader<E> reader;
    private final Emissions emissions;
    private final BooleanSupplier dependenciesWork;

    /** @param dependenciesWork probes the dependencies, and returns whether all of them work */
    BatchRun(Pipeline<E> pipeline, RecordReader<E> reader, Emissions emissions, BooleanSupplier dependenciesWork) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.emissions = emissions;
        this.dependenciesWork = dependenciesWork;
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

    private List<Outcome> handle(List<Received<E>> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            var outcomes = new ArrayList<Outcome>(batch.size());
            var unclear =
                    checked(pipeline.handler().handle(batch), batch.size()).iterator();
            for (var received : batch) {
                outcomes.add(clear(received, unclear.next()));
            }
            return outcomes;
        } catch (HandlerContractException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return failed(batch, classify(e));
        }
    }

    private List<Outcome> failed(List<Received<E>> batch, Failure failure) throws InterruptedException {
        if (isDependency(failure)) {
            return Collections.nCopies(batch.size(), Outcome.failed(failure));
        }
        if (batch.size() == 1) {
            return List.of(clear(batch.getFirst(), Outcome.failed(failure)));
        }
        return failure instanceof Unclear(var outage, var _) && !dependenciesWork.getAsBoolean()
                ? Collections.nCopies(batch.size(), Outcome.failed(outage))
                : bisect(batch);
    }

    /** Finds out what an unclear failure of one record means. Other outcomes stay as they are. */
    private Outcome clear(Received<E> received, Outcome outcome) throws InterruptedException {
        if (!(outcome instanceof Failed(Unclear first))) {
            return outcome;
        }
        if (!dependenciesWork.getAsBoolean()) {
            return Outcome.failed(first.outage());
        }
        var again = alone(received);
        if (!(again instanceof Failed(Unclear second))) {
            return again;
        }
        return Outcome.failed(dependenciesWork.getAsBoolean() ? second.rejection() : second.outage());
    }

    private Outcome alone(Received<E> received) throws InterruptedException {
        try {
            return checked(pipeline.handler().handle(List.of(received)), 1).getFirst();
        } catch (HandlerContractException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Outcome.failed(classify(e));
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
