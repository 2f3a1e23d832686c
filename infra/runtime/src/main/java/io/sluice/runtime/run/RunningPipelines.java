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
 * The pipelines of a service. Those that are beans are set to work when the service has started; they stop before any
 * other bean is destroyed, so that nothing they work with goes away under them.
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

    /** {@return the pipelines at work} */
    public List<RunningPipeline> all() {
        return List.copyOf(running);
    }

    @EventListener
    void start(StartupEvent event) {
        for (Pipeline<?> pipeline : beans.getBeansOfType(Pipeline.class)) {
            running.add(runtime.get().start(pipeline));
        }
    }

    /** One thread each, so that they share the time there is. */
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
