package io.sluice.runtime.internal;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.internal.Standing.Decided;
import io.sluice.runtime.internal.Work.Lane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The deciding side of a consumer thread: has works handled, and decides from their verdicts where each stands. Belongs to
 * one thread.
 */
final class Decider {
    private final BatchRun<?> batch;
    private final IntSupplier partitions;
    private final Triage triage;
    private final OutcomeWriter writer;
    private final PipelineMetrics metrics;

    /** @param partitions how many the source has */
    Decider(BatchRun<?> batch, IntSupplier partitions, Triage triage, OutcomeWriter writer, PipelineMetrics metrics) {
        this.batch = batch;
        this.partitions = partitions;
        this.triage = triage;
        this.writer = writer;
        this.metrics = metrics;
    }

    /**
     * Decides about those that are not decided yet. A record behind one of its own key that has to wait is left as it was:
     * it is handled again, after that one.
     */
    void decide(List<Work> ready) throws InterruptedException {
        var works = ready.stream()
                .filter(work -> !(work.standing() instanceof Decided))
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
            work.now(triage.decide(work, verdicts.get(i)));
            if (!(work.standing() instanceof Decided)) {
                work.lane().ifPresent(waiting::add);
                retried(work, verdicts.get(i));
            }
        }
    }

    /** A record that blames a healthy dependency may be what fails its batch: from then on each is handled alone. */
    private List<Verdict> verdicts(List<Work> works) throws InterruptedException {
        var count = partitions.getAsInt();
        if (works.stream().noneMatch(Triage::isSuspect)) {
            return batch.run(works, count);
        }
        var verdicts = new ArrayList<Verdict>(works.size());
        for (var work : works) {
            verdicts.addAll(batch.run(List.of(work), count));
        }
        return verdicts;
    }

    private void retried(Work work, Verdict verdict) {
        if (verdict instanceof Verdict.Failed(Retryable failure)) {
            metrics.retried(failure.code().name());
            if (work.reportOnce(failure.scope())) {
                writer.reportRetry(work, failure);
            }
        }
    }
}
