package io.sluice.runtime.engine;

import io.sluice.runtime.Pipeline;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What keeps a pipeline from doing harm when much fails. All its threads share it.
 *
 * @param dependencies where records wait while a dependency is down
 * @param writes where decided records wait while Kafka accepts none
 * @param fuse limits what goes to the dead letters for unknown reasons
 * @param budget limits the quick retries
 */
record Safeguards(DependencyGate dependencies, DependencyGate writes, Fuse fuse, RetryBudget budget) {
    static Safeguards of(Pipeline<?> pipeline, Clock clock, RandomGenerator random) {
        var retry = pipeline.retry();
        return new Safeguards(
                new DependencyGate(pipeline.name(), pipeline.dependencies(), retry, clock, random),
                new DependencyGate(pipeline.name(), List.of(), retry, clock, random),
                new Fuse(pipeline.name(), retry, clock),
                new RetryBudget(clock));
    }
}
