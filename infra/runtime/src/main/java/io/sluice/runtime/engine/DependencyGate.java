package io.sluice.runtime.engine;

import io.sluice.runtime.Dependency;
import io.sluice.runtime.Failure;
import io.sluice.runtime.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds records back while a dependency of all of them is down. The first failure shuts the gate. Then the gate probes
 * the dependencies, at growing intervals. When all of them answer, the gate lets one batch through on trial. When no
 * record of that batch fails on a dependency, the gate is open again. Used by one thread only.
 */
final class DependencyGate {
    private static final Logger LOG = LoggerFactory.getLogger(DependencyGate.class);

    private final String pipeline;
    private final List<Dependency> dependencies;
    private final RetryPolicy retry;
    private final Clock clock;
    private final RandomGenerator random;
    private State state = new State.Open();

    DependencyGate(
            String pipeline, List<Dependency> dependencies, RetryPolicy retry, Clock clock, RandomGenerator random) {
        this.pipeline = pipeline;
        this.dependencies = dependencies;
        this.retry = retry;
        this.clock = clock;
        this.random = random;
    }

    private sealed interface State {
        record Open() implements State {}

        record Shut(Outage outage, Instant nextProbe) implements State {}

        /** One batch is under way; {@code failed} is true once a record of it has failed on a dependency again. */
        record Trial(Outage outage, boolean failed) implements State {}
    }

    /** @param probes how often the dependency was found down */
    record Outage(String code, Instant since, int probes) {
        Outage again() {
            return new Outage(code, since, probes + 1);
        }
    }

    /** {@return the failure that shut the gate, and since when; empty while the gate is open} */
    Optional<Outage> outage() {
        return switch (state) {
            case State.Open() -> Optional.empty();
            case State.Shut(var outage, var nextProbe) -> Optional.of(outage);
            case State.Trial(var outage, var failed) -> Optional.of(outage);
        };
    }

    /** {@return whether records that wait may be handled} */
    boolean isPassable() {
        return !(state instanceof State.Shut);
    }

    /** {@return whether every dependency has just answered, and the current batch is the trial} */
    boolean isTrial() {
        return state instanceof State.Trial;
    }

    /**
     * {@return whether there is a dependency to probe, so that the gate can tell whether a record blames it wrongly}
     */
    boolean hasDependencies() {
        return !dependencies.isEmpty();
    }

    /** Probes the dependencies when the gate is shut and a probe is due. */
    void probeIfDue() {
        if (state instanceof State.Shut(var outage, var nextProbe)
                && !clock.instant().isBefore(nextProbe)) {
            state = dependenciesWork() ? new State.Trial(outage, false) : shut(outage.again());
        }
    }

    /** Shuts the gate, because a record failed on a dependency. */
    void reportFailure(Failure failure) {
        state = switch (state) {
            case State.Open() -> shutFirst(failure);
            case State.Shut shut -> shut;
            case State.Trial(var outage, var failed) -> new State.Trial(outage, true);
        };
    }

    /** Ends a trial: opens the gate when no record failed on a dependency, or shuts it again. */
    void batchDone() {
        if (state instanceof State.Trial(var outage, var failed)) {
            state = failed ? shut(outage.again()) : reopen(outage);
        }
    }

    private State shutFirst(Failure failure) {
        LOG.atWarn()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", failure.code().name())
                .addKeyValue("detail", failure.detail())
                .log("waiting for a dependency");
        return shut(new Outage(failure.code().name(), clock.instant(), 1));
    }

    private State shut(Outage outage) {
        return new State.Shut(outage, clock.instant().plus(retry.afterProbes(outage.probes(), random.nextDouble())));
    }

    private State reopen(Outage outage) {
        LOG.atInfo()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", outage.code())
                .addKeyValue("waited", Duration.between(outage.since(), clock.instant()))
                .log("the dependency is back");
        return new State.Open();
    }

    /** {@return whether every dependency passes its probe now} */
    boolean dependenciesWork() {
        for (var dependency : dependencies) {
            try {
                dependency.probe();
            } catch (Exception e) {
                LOG.atDebug()
                        .addKeyValue("pipeline", pipeline)
                        .addKeyValue("dependency", dependency.name())
                        .addKeyValue("answer", e.toString())
                        .log("the dependency does not answer");
                return false;
            }
        }
        return true;
    }
}
