package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;

import io.sluice.runtime.CallLimit;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.schemas.event.Event;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler, and finds out which records of a batch fail. A batch that fails as a whole is halved until each
 * failing record is alone in its batch.
 *
 * <p>When it is unclear whether a dependency or a record is the cause, the dependencies are probed first. If they work,
 * the record is handled alone once more, and they are probed again. So a store is blamed only when it fails its probe,
 * and a record only when it fails between two probes that pass.
 *
 * <p>A record that hangs takes its time in every batch that it is in. So the calls of a batch may take only as long as
 * {@link Patience} says. When the handler has taken long to fail, the batch is taken apart at once, without halves. A
 * record that hangs again is not judged now: the others are done first, and it is handled alone later.
 */
final class Attempts<E extends Event> {
    /** A failure that took longer is one of time, such as a deadline. */
    private static final Duration LONG = Duration.ofSeconds(1);
    /** After so many parts of a batch that take long, the rest waits: perhaps the store is slow after all. */
    private static final int MOST_LONG = 3;
    /** A larger batch is not taken apart into records at once, because each has a transaction of its own. */
    private static final int MOST_ALONE = 128;

    private static final int PARTS = 32;

    private final Pipeline<E> pipeline;
    private final BooleanSupplier dependenciesWork;
    private final LongSupplier nanoTime;
    private final Patience patience = new Patience();

    /** @param dependenciesWork probes the dependencies, and returns whether all of them work */
    Attempts(Pipeline<E> pipeline, BooleanSupplier dependenciesWork, LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.dependenciesWork = dependenciesWork;
        this.nanoTime = nanoTime;
    }

    /** What the attempts came to for one record. */
    sealed interface Result {
        /**
         * The record has an outcome.
         *
         * @param isSlow whether the record hung until its time was over
         */
        record Ended(Outcome outcome, boolean isSlow) implements Result {
            Ended(Outcome outcome) {
                this(outcome, false);
            }
        }

        /** The record hung, and its time was cut short. */
        record CutShort() implements Result {}
    }

    /**
     * Has the records handled.
     *
     * @param inDoubt whether they may hang; one that is alone has its full time then
     * @return a result for each record, in order
     */
    List<Result> of(List<Received<E>> batch, boolean inDoubt) throws InterruptedException {
        if (batch.isEmpty()) {
            return List.of();
        }
        if (pipeline.batchSize() == 1) {
            return handle(batch, Time.UNLIMITED); // it holds no other record of its batch back
        }
        if (!inDoubt || batch.size() > 1) {
            return handle(batch, new Time(patience.now(), true));
        }
        var began = nanoTime.getAsLong();
        var results = handle(batch, new Time(Patience.ALONE, false));
        var isGood = results.getFirst() instanceof Result.Ended(var outcome, var _) && !(outcome instanceof Failed);
        if (isGood && since(began).compareTo(patience.now()) > 0) {
            patience.wasTooShort();
        }
        return results;
    }

    /**
     * The time of a record.
     *
     * @param limit how long a call may take
     * @param isShort whether that is less than a record must have before it is judged
     */
    private record Time(Duration limit, boolean isShort) {
        static final Time UNLIMITED = new Time(ChronoUnit.FOREVER.getDuration(), false);
    }

    private List<Result> handle(List<Received<E>> batch, Time time) throws InterruptedException {
        var began = nanoTime.getAsLong();
        return switch (attempt(batch, time)) {
            case Attempt.Ended(var outcomes) -> {
                patience.passed(since(began));
                yield clear(batch, outcomes, isLong(began), time);
            }
            case Attempt.Threw(var failure) -> failed(batch, failure, isLong(began), time);
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
    private Attempt attempt(List<Received<E>> batch, Time time) throws InterruptedException {
        List<Outcome> outcomes;
        try {
            outcomes = CallLimit.within(time.limit(), () -> pipeline.handler().handle(batch));
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

    private List<Result> failed(List<Received<E>> batch, Failure failure, boolean tookLong, Time time)
            throws InterruptedException {
        if (failure instanceof Retryable(var _, var _, var scope, var _) && scope == DEPENDENCY) {
            return all(batch, failure);
        }
        if (batch.size() == 1) {
            return List.of(clear(batch.getFirst(), Outcome.failed(failure), tookLong, time));
        }
        if (failure instanceof Unclear(var outage, var _) && !dependenciesWork.getAsBoolean()) {
            return all(batch, outage);
        }
        return tookLong ? takeApart(batch, time) : bisect(batch, time);
    }

    private static <E extends Event> List<Result> all(List<Received<E>> batch, Failure failure) {
        return Collections.nCopies(batch.size(), new Result.Ended(Outcome.failed(failure)));
    }

    private List<Result> bisect(List<Received<E>> batch, Time time) throws InterruptedException {
        var middle = batch.size() / 2;
        var results = new ArrayList<Result>(batch.size());
        results.addAll(handle(batch.subList(0, middle), time));
        results.addAll(handle(batch.subList(middle, batch.size()), time));
        return results;
    }

    /** Handles small parts of the batch, down to each record alone, after a probe that passed. */
    private List<Result> takeApart(List<Received<E>> batch, Time time) throws InterruptedException {
        var results = new ArrayList<Result>(batch.size());
        var hung = new HashSet<String>();
        var parts = new ArrayDeque<>(split(batch, batch.size() > MOST_ALONE ? batch.size() / PARTS + 1 : 1));
        var longOnes = 0;
        @Nullable Failure rest = null;
        while (!parts.isEmpty()) {
            var part = parts.removeFirst();
            if (rest != null) {
                results.addAll(all(part, rest));
                continue;
            }
            if (part.size() == 1 && hung.contains(part.getFirst().key())) {
                results.add(new Result.CutShort()); // records of one key stay in order
                continue;
            }
            var began = nanoTime.getAsLong();
            var attempt = attempt(part, time);
            if (attempt instanceof Attempt.Threw(Unclear(var outage, var _))
                    && isLong(began)
                    && ++longOnes == MOST_LONG) {
                rest = outage;
            }
            switch (attempt) {
                case Attempt.Ended(var outcomes) -> results.addAll(clear(part, outcomes, isLong(began), time));
                case Attempt.Threw(var failure)
                when part.size() == 1 -> {
                    var result = judged(Outcome.failed(failure), isLong(began), time);
                    if (result instanceof Result.CutShort) {
                        hung.add(part.getFirst().key());
                    }
                    results.add(result);
                }
                case Attempt.Threw _ -> split(part, 1).reversed().forEach(parts::addFirst);
            }
        }
        if (longOnes == 0) {
            patience.wasTooShort(); // none of them hangs, so all together took too long
        }
        return results;
    }

    private static <T> List<List<T>> split(List<T> batch, int size) {
        var parts = new ArrayList<List<T>>();
        for (var from = 0; from < batch.size(); from += size) {
            parts.add(batch.subList(from, Math.min(from + size, batch.size())));
        }
        return parts;
    }

    private List<Result> clear(List<Received<E>> batch, List<Outcome> outcomes, boolean tookLong, Time time)
            throws InterruptedException {
        var results = new ArrayList<Result>(batch.size());
        for (var i = 0; i < batch.size(); i++) {
            results.add(clear(batch.get(i), outcomes.get(i), tookLong, time));
        }
        return results;
    }

    /**
     * Finds out what an unclear failure of one record means. Other outcomes stay as they are. A record that takes long
     * and is tried again later in any case is not tried a second time now.
     */
    private Result clear(Received<E> received, Outcome outcome, boolean tookLong, Time time)
            throws InterruptedException {
        if (!(outcome instanceof Failed(Unclear first))) {
            return new Result.Ended(outcome);
        }
        if (tookLong && first.rejection() instanceof Retryable) {
            return judged(outcome, true, time);
        }
        if (!dependenciesWork.getAsBoolean()) {
            return new Result.Ended(Outcome.failed(first.outage()));
        }
        var began = nanoTime.getAsLong();
        return switch (attempt(List.of(received), time)) {
            case Attempt.Ended(var outcomes) -> judged(outcomes.getFirst(), isLong(began), time);
            case Attempt.Threw(var failure) -> judged(Outcome.failed(failure), isLong(began), time);
        };
    }

    /** Finds out what it means that a record failed alone, after a probe that passed. */
    private Result judged(Outcome outcome, boolean tookLong, Time time) {
        if (!(outcome instanceof Failed(Unclear failure))) {
            return new Result.Ended(outcome);
        }
        if (!dependenciesWork.getAsBoolean()) {
            return new Result.Ended(Outcome.failed(failure.outage()));
        }
        var hung = tookLong && failure.rejection() instanceof Retryable;
        return hung && time.isShort()
                ? new Result.CutShort()
                : new Result.Ended(Outcome.failed(failure.rejection()), hung);
    }

    private boolean isLong(long began) {
        return since(began).compareTo(LONG) > 0;
    }

    private Duration since(long began) {
        return Duration.ofNanos(nanoTime.getAsLong() - began);
    }

    private Failure classify(Throwable thrown) {
        return pipeline.errors()
                .translate(thrown)
                .orElseGet(() -> new Retryable(
                        UNCLASSIFIED, "the handler threw " + thrown.getClass().getSimpleName(), RECORD, thrown));
    }
}
