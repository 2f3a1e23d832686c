package io.sluice.runtime.run;

import io.micronaut.context.BeanContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.runtime.Pipeline;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The pipelines of a service. Pipelines that are beans start when the service has started. They stop before any other
 * bean is destroyed, because they use other beans until they have stopped.
 */
@Singleton
public final class RunningPipelines {
    private final BeanContext beans;
    private final BeanProvider<ProcessorRuntime> runtime;
    private final List<RunningPipeline> running = new CopyOnWriteArrayList<>();

    RunningPipelines(BeanContext beans, BeanProvider<ProcessorRuntime> runtime) {
        this.beans = beans;
        this.runtime = runtime;
    }

    /** {@return the pipelines that run} */
    public List<RunningPipeline> all() {
        return List.copyOf(running);
    }

    @EventListener
    void start(StartupEvent event) {
        for (Pipeline<?> pipeline : beans.getBeansOfType(Pipeline.class)) {
            running.add(runtime.get().start(pipeline));
        }
    }

    /** Stops all pipelines at the same time, each on a thread of its own, so that they share one deadline. */
    @EventListener
    void stop(ShutdownEvent event) throws InterruptedException {
        var stops = running.stream()
                .map(pipeline ->
                        Thread.ofVirtual().name("stop-" + pipeline.name()).start(pipeline::close))
                .toList();
        for (var stop : stops) {
            stop.join();
        }
        running.clear();
    }
}
