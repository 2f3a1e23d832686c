package io.sluice.local;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services in this JVM, each in a context of its own: they meet only through Kafka, HTTP and the stores. */
final class Services implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    /** All of them together; the stack under them needs what is left of the 20 s that a stop may take. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(12);

    private final Map<Service, ApplicationContext> running;

    private Services(Map<Service, ApplicationContext> running) {
        this.running = running;
    }

    /** Starts all at once; none is left running when one cannot start. */
    static Services start(Map<Service, Map<String, Object>> properties) {
        var starting = new EnumMap<Service, Future<ApplicationContext>>(Service.class);
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("service-", 1).factory())) {
            properties.forEach((service, own) -> starting.put(service, threads.submit(() -> started(service, own))));
        } // waits for all of them
        var running = new EnumMap<Service, ApplicationContext>(Service.class);
        starting.forEach((service, future) -> {
            if (future.state() == Future.State.SUCCESS) {
                running.put(service, future.resultNow());
            }
        });
        var services = new Services(running);
        starting.forEach((service, future) -> {
            if (future.state() == Future.State.FAILED) {
                services.close();
                throw new StartException(service, future.exceptionNow());
            }
        });
        return services;
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

    /** Stops them in the direction of the stream: first no more is let in, then what is in flight is finished. */
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
                        .log("A service takes too long to stop, going on without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
