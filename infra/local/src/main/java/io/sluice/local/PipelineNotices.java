package io.sluice.local;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.schemas.text.VisibleText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says in one line that a pipeline is suspended, stalled, paused or dead, and when it runs again. A pipeline that waits
 * for a dependency goes on by itself, and is not mentioned.
 */
final class PipelineNotices implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Supplier<Map<String, PipelineStatus>> pipelines;
    private final Consumer<String> lines;
    private final Map<String, Class<? extends PipelineStatus>> mentioned = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("pipeline-notices").daemon().unstarted(this::run);

    /**
     * Makes notices that do not look yet.
     *
     * @param pipelines gives the status of each pipeline, by its name
     * @param lines receives each line; a {@link CancellationException} of it ends the notices
     */
    PipelineNotices(Supplier<Map<String, PipelineStatus>> pipelines, Consumer<String> lines) {
        this.pipelines = pipelines;
        this.lines = lines;
    }

    /** Begins to look. */
    PipelineNotices start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | CancellationException e) {
            // the process stops
        }
    }

    /** Mentions each pipeline whose status is another one than when it was mentioned last. */
    void look() {
        pipelines.get().forEach((name, status) -> {
            var before = mentioned.get(name);
            var line = line(name, status, before != null);
            if (line.isPresent() && status.getClass() != before) {
                lines.accept(VisibleText.oneLine(line.get()));
                if (status instanceof Running) {
                    mentioned.remove(name);
                } else {
                    mentioned.put(name, status.getClass());
                }
            }
        });
    }

    private static Optional<String> line(String name, PipelineStatus status, boolean wasMentioned) {
        var sentence = "The pipeline " + name + " is " + status.words();
        return switch (status) {
            case Waiting w -> Optional.empty();
            case Running r -> wasMentioned ? Optional.of("The pipeline " + name + " runs again") : Optional.empty();
            case Paused p -> Optional.of(sentence + " (./sluice pipelines resume " + name + " lets it go on)");
            case Suspended s -> Optional.of(sentence + " (./sluice pipelines shows it)");
            case Stalled s -> Optional.of(sentence);
            case Dead d -> Optional.of(sentence + " (only a restart of Sluice helps; the log says why)");
        };
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
