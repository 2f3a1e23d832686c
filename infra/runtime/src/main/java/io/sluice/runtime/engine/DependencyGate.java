package io.sluice.runtime.engine;

import io.sluice.runtime.Dependency;
import io.sluice.runtime.Failure;
import io.sluice.runtime.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds records back while a dependency of all of them is down. The first failure shuts the gate. Then the gate probes
 * the dependencies, at growing intervals. When all of them answer, the gate lets one batch through on trial. When no
 * record of that batch fails on a dependency, the gate is open again.
 *
 * <p>All threads of a pipeline share it: one of them probes at a time, and the trial is one batch of one thread. The
 * first thread that asks for a record that waits has the trial.
 */
final class DependencyGate {
    private static final Logger LOG = LoggerFactory.getLogger(DependencyGate.class);
    /** A thread that has not asked for so long has no record that waits. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(10);

    private final String pipeline;
    private final List<Dependency> dependencies;
    private final RetryPolicy retry;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<Thread, Instant> asked = new HashMap<>();
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

        /** A thread waits for the answers of the dependencies. */
        record Probing(Outage outage) implements State {}

        /**
         * One batch may pass.
         *
         * @param owner the thread whose batch it is; null until a thread asks
         * @param failed whether a record has failed on a dependency again
         */
        record Trial(Outage outage, @Nullable Thread owner, boolean failed) implements State {
            boolean isFree() {
                return owner == null || !owner.isAlive();
            }

            boolean isOf(Thread thread) {
                return isFree() || thread.equals(owner);
            }
        }
    }

    /** @param probes how often the dependency was found down */
    record Outage(String code, String detail, Instant since, int probes) {
        Outage again() {
            return new Outage(code, detail, since, probes + 1);
        }
    }

    /** {@return the failure that shut the gate, and since when; empty while the gate is open} */
    synchronized Optional<Outage> outage() {
        return switch (state) {
            case State.Open() -> Optional.empty();
            case State.Shut(var outage, var nextProbe) -> Optional.of(outage);
            case State.Probing(var outage) -> Optional.of(outage);
            case State.Trial(var outage, var owner, var failed) -> Optional.of(outage);
        };
    }

    /** Asks for a record that waits. {@return whether the current thread may handle it} */
    synchronized boolean isPassable() {
        if (state instanceof State.Open) {
            return true;
        }
        asked.put(Thread.currentThread(), clock.instant());
        if (state instanceof State.Trial trial && trial.isOf(Thread.currentThread())) {
            state = new State.Trial(trial.outage(), Thread.currentThread(), trial.failed());
            return true;
        }
        return false;
    }

    /** {@return whether every dependency has just answered, and the current thread's batch is the trial} */
    synchronized boolean isTrial() {
        return state instanceof State.Trial trial && trial.isOf(Thread.currentThread());
    }

    /**
     * {@return whether there is a dependency to probe, so that the gate can tell whether a record blames it wrongly}
     */
    boolean hasDependencies() {
        return !dependencies.isEmpty();
    }

    /** Probes the dependencies when the gate is shut, a probe is due, and no other thread probes. */
    void probeIfDue() {
        var outage = beginProbe();
        if (outage.isPresent()) {
            var isBack = false;
            try {
                isBack = dependenciesWork();
            } finally {
                endProbe(outage.get(), isBack);
            }
        }
    }

    private synchronized Optional<Outage> beginProbe() {
        if (state instanceof State.Shut(var outage, var nextProbe)
                && !clock.instant().isBefore(nextProbe)) {
            state = new State.Probing(outage);
            return Optional.of(outage);
        }
        return Optional.empty();
    }

    private synchronized void endProbe(Outage outage, boolean isBack) {
        state = isBack ? new State.Trial(outage, null, false) : shut(outage.again());
    }

    /** Shuts the gate, because a record failed on a dependency. */
    synchronized void reportFailure(Failure failure) {
        state = switch (state) {
            case State.Open() -> shutFirst(failure);
            case State.Shut shut -> shut;
            case State.Probing probing -> probing;
            case State.Trial(var outage, var owner, var failed) -> new State.Trial(outage, owner, true);
        };
    }

    /**
     * Ends the trial when it is the current thread's, or when no other thread has a record that waits: opens the gate
     * when no record failed on a dependency, or shuts it again.
     */
    synchronized void batchDone() {
        if (state instanceof State.Trial trial
                && trial.isOf(Thread.currentThread())
                && !(trial.isFree() && anotherThreadWaits())) {
            state = trial.failed() ? shut(trial.outage().again()) : reopen(trial.outage());
        }
    }

    private boolean anotherThreadWaits() {
        var old = clock.instant().minus(FORGOTTEN);
        asked.entrySet()
                .removeIf(entry ->
                        entry.getValue().isBefore(old) || !entry.getKey().isAlive());
        return asked.keySet().stream().anyMatch(thread -> !thread.equals(Thread.currentThread()));
    }

    private State shutFirst(Failure failure) {
        LOG.atWarn()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", failure.code().name())
                .addKeyValue("detail", failure.detail())
                .log("waiting for a dependency");
        return shut(new Outage(failure.code().name(), failure.detail(), clock.instant(), 1));
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
        asked.clear();
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
