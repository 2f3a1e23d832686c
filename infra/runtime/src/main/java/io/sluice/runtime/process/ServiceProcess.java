package io.sluice.runtime.process;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.run.RunningPipelines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service as the main program of a JVM. */
public final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final Duration STOP = Duration.ofSeconds(18);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private ServiceProcess() {}

    /**
     * Starts the service and runs it until SIGTERM or Ctrl-C. Then it closes the service and exits with 0. When a
     * pipeline has died, it closes the service and exits with 1, so that the supervisor starts it again. No native code
     * runs when the JVM begins to exit. Does not return, unless {@code start} or {@code ready} throws.
     *
     * @param ready called when the service has started
     */
    public static void run(Supplier<ApplicationContext> start, Consumer<ApplicationContext> ready) {
        FixedLocale.set();
        var signal = Signals.stopRequested();
        var service = start.get();
        ready.accept(service);
        var exitCode = awaitEnd(service, signal);
        Thread.ofPlatform().daemon().name("stop-deadline").start(ServiceProcess::haltWhenLate);
        service.close();
        System.exit(exitCode);
    }

    private static int awaitEnd(ApplicationContext service, CompletableFuture<String> signal) {
        while (true) {
            try {
                LOG.atInfo()
                        .addKeyValue("signal", signal.get(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                        .log("stopping");
                return 0;
            } catch (TimeoutException e) {
                if (hasDied(service)) {
                    return 1;
                }
            } catch (InterruptedException | ExecutionException e) {
                return 1;
            }
        }
    }

    private static boolean hasDied(ApplicationContext service) {
        return service.getBean(RunningPipelines.class).all().stream()
                .anyMatch(pipeline -> pipeline.status() instanceof Dead);
    }

    private static void haltWhenLate() {
        try {
            Thread.sleep(STOP);
        } catch (InterruptedException e) {
            return;
        }
        System.err.println(
                "The service did not stop within %d s and is killed. Unfinished work is done again at the next start."
                        .formatted(STOP.toSeconds()));
        Runtime.getRuntime().halt(1);
    }
}
