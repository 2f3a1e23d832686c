package io.sluice.runtime.internal;

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
 * Where records wait for what all of them need. The first failure shuts the gate; from time to time, further and further
 * apart, the dependencies are asked; when they answer, one batch is let through on trial; when that is well, the gate is
 * open again. Belongs to one thread.
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

        record Shut(Outage outage, Instant nextLook) implements State {}

        /** One batch is on its way; {@code failed} once a record of it came back with the same complaint. */
        record Trial(Outage outage, boolean failed) implements State {}
    }

    /** @param looks how often the dependency was found down */
    record Outage(String code, Instant since, int looks) {
        Outage again() {
            return new Outage(code, since, looks + 1);
        }
    }

    /** {@return what is down and since when} */
    Optional<Outage> outage() {
        return switch (state) {
            case State.Open() -> Optional.empty();
            case State.Shut(var outage, var nextLook) -> Optional.of(outage);
            case State.Trial(var outage, var failed) -> Optional.of(outage);
        };
    }

    /** {@return whether those who wait may go} */
    boolean isPassable() {
        return !(state instanceof State.Shut);
    }

    /** {@return whether those who go now do so after every dependency answered a moment ago} */
    boolean isTrial() {
        return state instanceof State.Trial;
    }

    /** {@return whether there is anything to ask, so that a record's complaint can be proven wrong} */
    boolean canTell() {
        return !dependencies.isEmpty();
    }

    /** Asks the dependencies, when it is time to. */
    void look() {
        if (state instanceof State.Shut(var outage, var nextLook)
                && !clock.instant().isBefore(nextLook)) {
            state = allAnswer() ? new State.Trial(outage, false) : shut(outage.again());
        }
    }

    /** A record failed because something it needs is not there. */
    void complaint(Failure failure) {
        state = switch (state) {
            case State.Open() -> shutFirst(failure);
            case State.Shut shut -> shut;
            case State.Trial(var outage, var failed) -> new State.Trial(outage, true);
        };
    }

    /** The batch is over. */
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
        return new State.Shut(outage, clock.instant().plus(retry.afterLooks(outage.looks(), random.nextDouble())));
    }

    private State reopen(Outage outage) {
        LOG.atInfo()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", outage.code())
                .addKeyValue("waited", Duration.between(outage.since(), clock.instant()))
                .log("the dependency is back");
        return new State.Open();
    }

    private boolean allAnswer() {
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
