package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the consumer threads of one pipeline: starts them and stops them. */
public final class PipelineThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineThreads.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final String name;
    private final LongSupplier finished;
    private final Duration patience;
    private final List<ConsumerLoop> loops;
    private final List<Thread> threads;
    private final List<Dead> deaths = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /**
     * @param finished how many records have been finished
     * @param patience how long a stop waits for the current batch
     */
    PipelineThreads(String name, List<ConsumerLoop> loops, LongSupplier finished, Duration patience) {
        this.name = name;
        this.finished = finished;
        this.patience = patience;
        this.loops = loops;
        this.threads = IntStream.range(0, loops.size())
                .mapToObj(i -> Thread.ofPlatform()
                        .name(name + "-" + i)
                        .daemon()
                        .uncaughtExceptionHandler((thread, thrown) -> died(thrown))
                        .unstarted(loops.get(i)))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** {@return the status of the pipeline; the worst one of its threads} */
    public PipelineStatus status() {
        return Stream.concat(deaths.stream(), loops.stream().map(ConsumerLoop::status))
                .max(Comparator.comparingInt(PipelineThreads::severity))
                .orElseGet(Running::new);
    }

    /** {@return how many records are left to read, as far as known} */
    public long lag() {
        return loops.stream().mapToLong(ConsumerLoop::lag).sum();
    }

    /** {@return how many records have been finished since the start, whatever their outcome} */
    public long finished() {
        return finished.getAsLong();
    }

    /** Lets every thread finish its batch within a deadline, and interrupts the threads that do not. */
    @Override
    public void close() {
        closing = true;
        loops.forEach(ConsumerLoop::stop);
        if (!join(patience)) {
            LOG.atWarn()
                    .addKeyValue("pipeline", name)
                    .addKeyValue("waited", patience)
                    .log("a batch does not end; it is interrupted and will come again");
            threads.forEach(Thread::interrupt);
            join(LAST_WORDS);
        }
    }

    /** Ends every thread as a crash would, for tests. */
    public void crash() {
        closing = true;
        loops.forEach(ConsumerLoop::crash);
        threads.forEach(Thread::interrupt);
        join(patience);
    }

    private boolean join(Duration timeout) {
        var deadline = System.nanoTime() + timeout.toNanos();
        try {
            for (var thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void died(Throwable thrown) {
        if (closing) {
            LOG.atDebug().addKeyValue("pipeline", name).setCause(thrown).log("thread ended while closing");
            return;
        }
        deaths.add(new Dead(thrown.toString()));
        LOG.atError()
                .addKeyValue("pipeline", name)
                .setCause(thrown)
                .log("a pipeline thread died; nothing it had not finished was committed");
    }

    private static int severity(PipelineStatus status) {
        return switch (status) {
            case Running r -> 0;
            case Waiting w -> 1;
            case Paused p -> 2;
            case Suspended s -> 3;
            case Stalled s -> 4;
            case Dead d -> 5;
        };
    }
}
