package io.sluice.runtime.engine;

import static io.sluice.runtime.RuntimeFailure.CRASHED_PROCESS;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.Progress;
import java.util.List;
import java.util.Optional;

/** Handles one batch: decides about its works, and writes their fates. Used by one thread only. */
final class BatchStep {
    private final Decider decider;
    private final Finisher finisher;
    private final BatchWatch watch;

    BatchStep(Decider decider, Finisher finisher, BatchWatch watch) {
        this.decider = decider;
        this.finisher = finisher;
        this.watch = watch;
    }

    /** Decides about the works, and passes on the progress that their handler makes. */
    void decide(List<Work> works, Runnable onProgress) throws InterruptedException {
        watch.begin();
        Progress.listen(onProgress, () -> decider.decide(works));
    }

    /** Gives a work up that has ended the process several times, without handling it. */
    void convict(Work work) {
        watch.begin();
        decider.bury(
                work,
                new Fatal(
                        CRASHED_PROCESS,
                        "the process ended %d times while it handled this record and no other; it was not tried again"
                                .formatted(Suspects.ENDS)));
    }

    /** {@return the works whose fate is durable now} */
    List<Work> write(List<Work> works) throws InterruptedException {
        return finisher.finish(works);
    }

    void end(List<Work> works) {
        watch.end(works.size());
    }

    /** {@return the stall, when a batch takes too long; any thread may ask} */
    Optional<Stalled> stalled() {
        return watch.stalled();
    }
}
