package io.sluice.runtime.engine;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.engine.Work.Lane;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The deciding side of a consumer thread: has the batch handled, and derives each work's next state from its verdict.
 * Used by one thread only.
 */
final class Decider {
    private final BatchRun<?> batch;
    private final IntSupplier partitions;
    private final RetryDecision retries;
    private final OutcomeWriter writer;
    private final PipelineMetrics metrics;

    /** @param partitions how many partitions the source topic has */
    Decider(
            BatchRun<?> batch,
            IntSupplier partitions,
            RetryDecision retries,
            OutcomeWriter writer,
            PipelineMetrics metrics) {
        this.batch = batch;
        this.partitions = partitions;
        this.retries = retries;
        this.writer = writer;
        this.metrics = metrics;
    }

    /**
     * Decides about the works that are not decided yet. When a record has to wait, later records of its key keep their
     * state: they are handled again, after the record that waits.
     */
    void decide(List<Work> ready) throws InterruptedException {
        var works = ready.stream()
                .filter(work -> !(work.state() instanceof Decided))
                .toList();
        if (works.isEmpty()) {
            return;
        }
        var verdicts = verdicts(works);
        var waiting = new HashSet<Lane>();
        for (var i = 0; i < works.size(); i++) {
            var work = works.get(i);
            if (work.lane().filter(waiting::contains).isPresent()) {
                continue;
            }
            work.moveTo(retries.decide(work, verdicts.get(i)));
            if (!(work.state() instanceof Decided)) {
                work.lane().ifPresent(waiting::add);
                retried(work, verdicts.get(i));
            }
        }
    }

    /** Sends a work to the dead letters without handling it, unless it is decided already. */
    void bury(Work work, Failure failure) {
        if (!(work.state() instanceof Decided)) {
            work.moveTo(retries.bury(work, failure));
        }
    }

    /**
     * A record that blames a healthy dependency may itself make its batch fail. While a batch holds one, each record is
     * handled alone.
     */
    private List<Verdict> verdicts(List<Work> works) throws InterruptedException {
        var count = partitions.getAsInt();
        if (works.stream().noneMatch(RetryDecision::isSuspect)) {
            return batch.run(works, count);
        }
        var verdicts = new ArrayList<Verdict>(works.size());
        for (var work : works) {
            verdicts.addAll(batch.run(List.of(work), count));
        }
        return verdicts;
    }

    private void retried(Work work, Verdict verdict) {
        if (verdict instanceof Verdict.Failed(Retryable failure, var _)) {
            metrics.retried(failure.code().name());
            if (work.reportOnce(failure.scope())) {
                writer.reportRetry(work, failure, work.state() instanceof Due(var at) ? at : null);
            }
        }
    }
}
