package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import java.time.Clock;
import java.util.Optional;

/**
 * Decides whether a consumer thread may read, handle and write. Three things can stop it: the fuse, which stops
 * everything; a dependency that is down; and Kafka when it accepts no records. A pause by an operator is to become a
 * fourth, beside the fuse. Used by one thread only.
 */
final class Admission {
    private final Fuse fuse;
    private final DependencyGate dependencies;
    private final DependencyGate writes;
    private final Clock clock;

    Admission(Fuse fuse, DependencyGate dependencies, DependencyGate writes, Clock clock) {
        this.fuse = fuse;
        this.dependencies = dependencies;
        this.writes = writes;
        this.clock = clock;
    }

    /** {@return whether the thread may read or handle anything at all} */
    boolean isOpen() {
        return !fuse.isResting();
    }

    /** {@return whether the thread may take the next step with this work} */
    boolean admits(Work work) {
        return isOpen()
                && switch (work.state()) {
                    case Due(var at) -> !clock.instant().isBefore(at);
                    case AwaitingDependency() -> dependencies.isPassable();
                    case Decided(var fate) -> writes.isPassable();
                };
    }

    /** Probes the dependencies that are down, when a probe is due. */
    void probeIfDue() {
        dependencies.probeIfDue();
        writes.probeIfDue();
    }

    /** The batch is over, so gates on trial can open or shut now. */
    void batchDone() {
        dependencies.batchDone();
        writes.batchDone();
    }

    /** {@return why the pipeline does not read or handle; the gravest reason when there are several} */
    Optional<PipelineStatus> reason() {
        return fuse.blown()
                .<PipelineStatus>map(blown -> new Suspended(blown.code(), blown.since()))
                .or(() -> writes.outage()
                        .or(dependencies::outage)
                        .map(outage -> new Paused(outage.code(), outage.since())));
    }
}
