package io.sluice.runtime.internal;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.internal.Standing.AwaitingDependency;
import io.sluice.runtime.internal.Standing.Decided;
import io.sluice.runtime.internal.Standing.Due;
import java.time.Clock;
import java.util.Optional;

/**
 * The one place that says whether a consumer thread may read, handle and write. What can hold it back stands behind this:
 * the fuse, which stops everything; a dependency that is away; Kafka when it takes no records. A person's pause is to be
 * one more, beside the fuse. Belongs to one thread.
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

    /** {@return whether anything may be read or handled at all} */
    boolean isOpen() {
        return !fuse.isResting();
    }

    /** {@return whether the next step may be taken with this work} */
    boolean admits(Work work) {
        return isOpen()
                && switch (work.standing()) {
                    case Due(var at) -> !clock.instant().isBefore(at);
                    case AwaitingDependency() -> dependencies.isPassable();
                    case Decided(var fate) -> writes.isPassable();
                };
    }

    /** Asks what is away whether it is back, when it is time to. */
    void look() {
        dependencies.look();
        writes.look();
    }

    /** The batch is over: what was let through on trial has shown how it went. */
    void batchDone() {
        dependencies.batchDone();
        writes.batchDone();
    }

    /** {@return what holds the pipeline back, the worst first} */
    Optional<PipelineStatus> reason() {
        return fuse.blown()
                .<PipelineStatus>map(blown -> new Suspended(blown.code(), blown.since()))
                .or(() -> writes.outage()
                        .or(dependencies::outage)
                        .map(outage -> new Paused(outage.code(), outage.since())));
    }
}
