package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether a consumer thread may read, handle and write. Three things can stop it: a person, who stops the reading
 * and the handling, while what is decided is still written; a dependency that is down; and Kafka when it accepts no
 * records. Used by one thread only.
 */
final class Admission {
    private final Supplier<Optional<Paused>> pause;
    private final Fuse fuse;
    private final DependencyGate dependencies;
    private final DependencyGate writes;
    private final Clock clock;

    /** @param pause who has paused the pipeline; empty while it may work */
    Admission(
            Supplier<Optional<Paused>> pause,
            Fuse fuse,
            DependencyGate dependencies,
            DependencyGate writes,
            Clock clock) {
        this.pause = pause;
        this.fuse = fuse;
        this.dependencies = dependencies;
        this.writes = writes;
        this.clock = clock;
    }

    /** {@return whether the thread may read or handle anything at all} */
    boolean isOpen() {
        return pause.get().isEmpty();
    }

    /** {@return whether the thread may take the next step with this work} */
    boolean admits(Work work) {
        return switch (work.state()) {
            case Due(var at) -> isOpen() && !clock.instant().isBefore(at);
            case AwaitingDependency() -> isOpen() && dependencies.isPassable();
            case Decided(var fate) -> writes.isPassable();
        };
    }

    /** {@return how long the thread can wait until this work may be admitted; {@code atMost} when that is not known} */
    Duration untilAdmitted(Work work, Duration atMost) {
        return isOpen() && work.state() instanceof Due(var at) ? Duration.between(clock.instant(), at) : atMost;
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

    /** {@return why the pipeline does not read or handle: a person's pause first, then the gravest reason} */
    Optional<PipelineStatus> reason() {
        return pause.get()
                .<PipelineStatus>map(paused -> paused)
                .or(() -> fuse.blown().map(blown -> new Suspended(blown.code(), blown.since(), blown.record())))
                .or(() -> writes.outage()
                        .or(dependencies::outage)
                        .map(outage -> new Waiting(outage.code(), outage.detail(), outage.since())));
    }
}
