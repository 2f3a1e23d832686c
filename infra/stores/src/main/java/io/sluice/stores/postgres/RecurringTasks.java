package io.sluice.stores.postgres;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;

/** What one of all instances of a service does now and then. Postgres says whose turn it is. */
public final class RecurringTasks implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Scheduler scheduler;

    private RecurringTasks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * One task.
     *
     * @param pause from its end to its next beginning
     */
    public record Task(String name, Duration pause, Runnable work) {
        private RecurringTask<Void> scheduled() {
            return Tasks.recurring(name, FixedDelay.of(pause)).execute((_, _) -> work.run());
        }
    }

    /**
     * The instances that share tasks.
     *
     * @param service whose instances they are
     * @param table has no tasks of other services, because the scheduler deletes tasks that it does not know
     * @param look how often an instance looks whether a task is due
     * @param heartbeat when a process ends in the middle of a task, another one does it after six of these
     */
    public record Instances(String service, String table, Duration look, Duration heartbeat) {}

    /** Waits for the tables, then does the tasks when they are due. */
    public static RecurringTasks start(Postgres postgres, Instances instances, List<Task> tasks) {
        postgres.awaitReady();
        var scheduler = Scheduler.create(postgres.dataSource())
                .tableName(instances.table())
                .startTasks(tasks.stream().map(Task::scheduled).toList())
                .threads(tasks.size())
                .pollingInterval(instances.look())
                .heartbeatInterval(instances.heartbeat())
                .schedulerName(new SchedulerName.Fixed("sluice-" + instances.service()))
                .failureLogging(LogLevel.WARN, false)
                .shutdownMaxWait(STOP)
                .build();
        scheduler.start();
        return new RecurringTasks(scheduler);
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
