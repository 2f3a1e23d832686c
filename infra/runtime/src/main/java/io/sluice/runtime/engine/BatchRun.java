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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass of one batch through the handler. It takes records and returns one verdict for each, in order. It does not
 * use a broker and keeps no state between passes. A batch that fails as a whole is halved until each failing record is
 * alone in its batch.
 *
 * <p>When it is unclear whether a dependency or a record is the cause, the dependencies are probed first. If they work,
 * the record is handled alone once more, and they are probed again. So a store is blamed only when it fails its probe,
 * and a record only when it fails between two probes that pass. When the handler has taken long to fail, the records
 * are handled one by one at once: with halves, the record that takes long would take it again in each half.
 */
final class BatchRun<E extends Event> {
    /** A failure that took longer is one of time, such as a deadline. */
    private static final Duration LONG = Duration.ofSeconds(1);
    /** After so many records of a batch that take long, the rest waits: perhaps the store is slow after all. */
    private static final int MOST_LONG = 2;

    private final Pipeline<E> pipeline;
    private final RecordReader<E> reader;
    private final Emissions emissions;
    private final BooleanSupplier dependenciesWork;
    private final LongSupplier nanoTime;

    /** @param dependenciesWork probes the dependencies, and returns whether all of them work */
    BatchRun(
            Pipeline<E> pipeline,
            RecordReader<E> reader,
            Emissions emissions,
            BooleanSupplier dependenciesWork,
            LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.emissions = emissions;
        this.dependenciesWork = dependenciesWork;
        this.nanoTime = nanoTime;
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
        var began = nanoTime.getAsLong();
        return switch (attempt(batch)) {
            case Attempt.Ended(var unclear) -> {
                var outcomes = new ArrayList<Outcome>(batch.size());
                var tookLong = isLong(began);
                for (var i = 0; i < batch.size(); i++) {
                    outcomes.add(clear(batch.get(i), unclear.get(i), tookLong));
                }
                yield outcomes;
            }
            case Attempt.Threw(var failure) -> failed(batch, failure, isLong(began));
        };
    }

    /** What one call of the handler came to. */
    private sealed interface Attempt {
        record Ended(List<Outcome> outcomes) implements Attempt {}

        record Threw(Failure failure) implements Attempt {}
    }

    /**
     * An error, such as a stack that is too deep, may be about one record like any exception. A want of memory is about
     * the whole process: it ends the thread, and the crash journal finds the record.
     */
    private Attempt attempt(List<Received<E>> batch) throws InterruptedException {
        List<Outcome> outcomes;
        try {
            outcomes = pipeline.handler().handle(batch);
        } catch (HandlerContractException | InterruptedException | OutOfMemoryError e) {
            throw e;
        } catch (Exception | Error e) {
            return new Attempt.Threw(classify(e));
        }
        if (outcomes.size() != batch.size()) {
            throw new HandlerContractException(
                    pipeline.name(), "gave " + outcomes.size() + " outcomes for " + batch.size() + " records");
        }
        return new Attempt.Ended(outcomes);
    }

    private List<Outcome> failed(List<Received<E>> batch, Failure failure, boolean tookLong)
            throws InterruptedException {
        if (isDependency(failure)) {
            return Collections.nCopies(batch.size(), Outcome.failed(failure));
        }
        if (batch.size() == 1) {
            return List.of(clear(batch.getFirst(), Outcome.failed(failure), tookLong));
        }
        if (failure instanceof Unclear(var outage, var _) && !dependenciesWork.getAsBoolean()) {
            return Collections.nCopies(batch.size(), Outcome.failed(outage));
        }
        return tookLong ? oneByOne(batch) : bisect(batch);
    }

    /**
     * Finds out what an unclear failure of one record means. Other outcomes stay as they are. A record that takes long
     * and is tried again later in any case is not tried a second time now.
     */
    private Outcome clear(Received<E> received, Outcome outcome, boolean tookLong) throws InterruptedException {
        if (!(outcome instanceof Failed(Unclear first))) {
            return outcome;
        }
        if (tookLong && first.rejection() instanceof Retryable) {
            return judged(outcome);
        }
        if (!dependenciesWork.getAsBoolean()) {
            return Outcome.failed(first.outage());
        }
        return judged(alone(received));
    }

    /** Finds out what it means that a record failed alone, after a probe that passed. */
    private Outcome judged(Outcome outcome) {
        return outcome instanceof Failed(Unclear failure)
                ? Outcome.failed(dependenciesWork.getAsBoolean() ? failure.rejection() : failure.outage())
                : outcome;
    }

    private Outcome alone(Received<E> received) throws InterruptedException {
        return switch (attempt(List.of(received))) {
            case Attempt.Ended(var outcomes) -> outcomes.getFirst();
            case Attempt.Threw(var failure) -> Outcome.failed(failure);
        };
    }

    /** Handles each record alone, after a probe that passed. */
    private List<Outcome> oneByOne(List<Received<E>> batch) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>(batch.size());
        var longOnes = 0;
        @Nullable Outcome rest = null;
        for (var received : batch) {
            if (rest != null) {
                outcomes.add(rest);
                continue;
            }
            var began = nanoTime.getAsLong();
            var outcome = alone(received);
            outcomes.add(judged(outcome));
            if (outcome instanceof Failed(Unclear(var outage, var _)) && isLong(began) && ++longOnes == MOST_LONG) {
                rest = Outcome.failed(outage);
            }
        }
        return outcomes;
    }

    private boolean isLong(long began) {
        return nanoTime.getAsLong() - began > LONG.toNanos();
    }

    private List<Outcome> bisect(List<Received<E>> batch) throws InterruptedException {
        var middle = batch.size() / 2;
        var outcomes = new ArrayList<Outcome>(batch.size());
        outcomes.addAll(handle(batch.subList(0, middle)));
        outcomes.addAll(handle(batch.subList(middle, batch.size())));
        return outcomes;
    }

    private Failure classify(Throwable thrown) {
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
