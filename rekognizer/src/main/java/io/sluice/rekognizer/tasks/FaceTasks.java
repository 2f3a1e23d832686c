package io.sluice.rekognizer.tasks;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.RecurringTasks;
import io.sluice.stores.postgres.RecurringTasks.Instances;
import io.sluice.stores.postgres.RecurringTasks.Task;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one of all rekognizers does for faces now and then. */
@Singleton
final class FaceTasks {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Instances REKOGNIZERS =
            new Instances("rekognizer", "operations.face_tasks", LOOK, Duration.ofSeconds(10));

    private final Postgres postgres;
    private final List<Task> tasks;
    private @Nullable RecurringTasks running;

    FaceTasks(Postgres postgres, FaceForgetter forgetter, FaceSearcher searcher) {
        this.postgres = postgres;
        this.tasks = List.of(
                new Task("face-removal", LOOK, forgetter::finish),
                new Task("face-search-again", LOOK, searcher::searchAgain));
    }

    @EventListener
    void start(StartupEvent event) {
        running = RecurringTasks.start(postgres, REKOGNIZERS, tasks);
    }

    @EventListener
    void stop(ShutdownEvent event) {
        if (running != null) {
            running.close();
        }
    }
}
