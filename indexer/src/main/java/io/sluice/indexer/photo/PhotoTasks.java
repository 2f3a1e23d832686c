package io.sluice.indexer.photo;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.RecurringTasks;
import io.sluice.stores.postgres.RecurringTasks.Instances;
import io.sluice.stores.postgres.RecurringTasks.Task;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one of all indexers does for photos now and then. */
@Singleton
final class PhotoTasks {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Instances INDEXERS =
            new Instances("indexer", "operations.scheduled_tasks", LOOK, Duration.ofSeconds(10));

    private final Postgres postgres;
    private final List<Task> tasks;
    private @Nullable RecurringTasks running;

    PhotoTasks(Postgres postgres, ObjectRemover remover, PhotoSweep sweep) {
        this.postgres = postgres;
        this.tasks = List.of(
                new Task("photo-object-removal", LOOK, remover::removeAll),
                new Task("photo-object-sweep", Duration.ofDays(1), sweep::sweep));
    }

    @EventListener
    void start(StartupEvent event) {
        running = RecurringTasks.start(postgres, INDEXERS, tasks);
    }

    @EventListener
    void stop(ShutdownEvent event) {
        if (running != null) {
            running.close();
        }
    }
}
