package io.sluice.local;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.run.RunningPipelines;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All services in this JVM, each in an application context of its own. They communicate only through Kafka, HTTP and
 * the stores.
 */
final class Services implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    /** The deadline for all services together. The rest of the 20 s that a stop may take is for the stack. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(12);

    private final Map<Service, ApplicationContext> running;

    private Services(Map<Service, ApplicationContext> running) {
        this.running = running;
    }

    /** Starts services at the same time. When one cannot start, the others are stopped. */
    static Services start(List<Service> services, Map<String, Object> properties) {
        var starting = new EnumMap<Service, Future<ApplicationContext>>(Service.class);
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("service-", 1).factory())) {
            services.forEach(service -> starting.put(service, threads.submit(() -> started(service, properties))));
        } // close() waits for all of them
        var running = new EnumMap<Service, ApplicationContext>(Service.class);
        starting.forEach((service, future) -> {
            if (future.state() == Future.State.SUCCESS) {
                running.put(service, future.resultNow());
            }
        });
        var started = new Services(running);
        starting.forEach((service, future) -> {
            if (future.state() == Future.State.FAILED) {
                started.close();
                throw new StartException(service, future.exceptionNow());
            }
        });
        return started;
    }

    private static ApplicationContext started(Service service, Map<String, Object> properties) {
        var began = System.nanoTime();
        var context = service.start(properties);
        log.atInfo()
                .addKeyValue("service", service.title())
                .addKeyValue(
                        "took_ms", Duration.ofNanos(System.nanoTime() - began).toMillis())
                .log("Started a service");
        return context;
    }

    /** {@return the status of every pipeline, by its name} */
    Map<String, PipelineStatus> pipelines() {
        var found = new TreeMap<String, PipelineStatus>();
        for (var context : running.values()) {
            for (var pipeline : context.getBean(RunningPipelines.class).all()) {
                found.put(pipeline.name(), pipeline.status());
            }
        }
        return found;
    }

    /**
     * Stops the services in the direction of the stream: the gateway first, so that no new records come, then the
     * processors, which finish their current batch.
     */
    @Override
    public void close() {
        var deadline = System.nanoTime() + STOP_WITHIN.toNanos();
        // in the order of the enumeration
        running.forEach((service, context) ->
                stop(service, context, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    private static void stop(Service service, ApplicationContext context, Duration patience) {
        var stopping = Thread.ofPlatform()
                .name("stop-" + service.title())
                .daemon()
                .uncaughtExceptionHandler((thread, e) -> log.atWarn()
                        .setCause(e)
                        .addKeyValue("service", service.title())
                        .log("A service did not stop cleanly"))
                .start(context::close);
        try {
            if (!stopping.join(patience)) {
                log.atWarn()
                        .addKeyValue("service", service.title())
                        .log("A service takes too long to stop; the next one is stopped meanwhile");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
