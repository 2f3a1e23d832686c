package io.sluice.runtime.run;

import io.micronaut.context.BeanContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.control.PipelineControls;
import io.sluice.runtime.control.StatusReports;
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
    private final BeanProvider<PipelineControls> controls;
    private final BeanProvider<StatusReports> reports;
    private final List<RunningPipeline> running = new CopyOnWriteArrayList<>();

    RunningPipelines(
            BeanContext beans,
            BeanProvider<ProcessorRuntime> runtime,
            BeanProvider<PipelineControls> controls,
            BeanProvider<StatusReports> reports) {
        this.beans = beans;
        this.runtime = runtime;
        this.controls = controls;
        this.reports = reports;
    }

    /** {@return the pipelines that run} */
    public List<RunningPipeline> all() {
        return List.copyOf(running);
    }

    /** Starts the pipelines, once it is known which of them are paused. A service without pipelines follows nothing. */
    @EventListener
    void start(StartupEvent event) {
        var pipelines = beans.getBeansOfType(Pipeline.class);
        if (pipelines.isEmpty()) {
            return;
        }
        controls.get().start();
        controls.get().awaitKnown();
        for (Pipeline<?> pipeline : pipelines) {
            running.add(runtime.get().start(pipeline));
        }
        reports.get().start(all());
    }

    /** Stops all pipelines at the same time, each on a thread of its own, so that they share one deadline. */
    @EventListener
    void stop(ShutdownEvent event) throws InterruptedException {
        if (!running.isEmpty()) {
            reports.get().close();
        }
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
