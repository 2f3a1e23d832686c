package io.sluice.jobs.board;

import io.sluice.jobs.fold.JobFold;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The jobs that moved last, so many of those that are open and so many that are over; the others are found on the disk.
 * Those who wait for a job, or watch it, do so here, whether it is at hand or not.
 *
 * <p>The tail of jobs.v1 writes it, and the intake, so that a job just accepted is known at once. Such a job is on the disk
 * too before as many have come after it, unless the tracker is that far behind.
 */
public final class JobBoard {
    private final Function<String, Optional<Job>> disk;
    private final RecentJobs jobs;
    private final ConcurrentMap<String, Set<Watch>> watches = new ConcurrentHashMap<>();

    /**
     * Makes an empty board.
     *
     * @param kept how many open jobs, and how many that are over, are kept in memory
     * @param disk finds a job that is not in memory
     */
    public JobBoard(int kept, Function<String, Optional<Job>> disk) {
        this.disk = disk;
        this.jobs = new RecentJobs(kept);
    }

    /** {@return the job, as far as it is known here} */
    public Optional<Job> find(String jobId) {
        return jobs.find(jobId).or(() -> disk.apply(jobId));
    }

    /** {@return completes with the job once anything is known of it} */
    public CompletableFuture<Job> whenKnown(String jobId) {
        return when(jobId, job -> true);
    }

    /** {@return completes with the job once it is over; whoever stops waiting cancels it} */
    public CompletableFuture<Job> whenOver(String jobId) {
        return when(jobId, job -> job.status().isTerminal());
    }

    /**
     * Shows somebody every state the job comes to, first the one it is in if it is known here. States are shown on the thread
     * that brings them, so whoever watches must be quick; a state may be shown twice.
     *
     * @return to be closed by whoever looks no more
     */
    public Watch watch(String jobId, Consumer<Job> watcher) {
        var watch = new Watch(jobId, watcher);
        watches.compute(jobId, (id, set) -> {
            var all = set == null ? ConcurrentHashMap.<Watch>newKeySet() : set;
            all.add(watch);
            return all;
        });
        find(jobId).ifPresent(watcher);
        return watch;
    }

    /** {@return whether a job about this entity is open, or may be: more are open than are kept at hand} */
    public boolean hasOpenJob(String kind, String subject) {
        return jobs.mayBeOpen(kind, subject);
    }

    /** {@return the open jobs of a kind that are at hand, that which moved last at the end} */
    public List<Job> open(String kind) {
        return jobs.open(kind);
    }

    /** Takes the latest state from the tail. */
    public void update(Job job) {
        announce(jobs.put(job.jobId(), known -> known == null ? job : later(known, job)));
    }

    /** Takes a job that may be new here; what is known already is newer. */
    public void add(Job job) {
        var now = jobs.put(job.jobId(), known -> known == null ? job : known);
        if (now.equals(job)) {
            announce(job);
        }
    }

    /**
     * Takes an event that the tracker may not have folded yet: while gateways come and go that can take it some seconds. An
     * event older than what is known adds at most a line.
     */
    public void apply(JobEvent event) {
        var before = find(event.jobId()).orElse(null);
        announce(jobs.put(event.jobId(), atHand -> {
            var known = atHand == null ? before : atHand;
            return known != null && event.at().isBefore(known.updatedAt())
                    ? JobFold.complete(known, event)
                    : JobFold.fold(known, event);
        }));
    }

    /** Takes it that a job is forgotten for good. */
    public void remove(String jobId) {
        jobs.remove(jobId);
    }

    /** {@return how many jobs are being watched or waited for} */
    public int watched() {
        return watches.size();
    }

    /** A step may be heard before the tracker tells of the steps towards it. */
    private static Job later(Job known, Job told) {
        var isEnded = known.status().isTerminal() && !told.status().isTerminal();
        var isBehind = told.updatedAt().isBefore(known.updatedAt())
                || (isEnded && told.updatedAt().equals(known.updatedAt()));
        return isBehind ? known : told;
    }

    private void announce(Job job) {
        for (var watch : watches.getOrDefault(job.jobId(), Set.of())) {
            watch.watcher.accept(job);
        }
    }

    private CompletableFuture<Job> when(String jobId, Predicate<Job> enough) {
        var future = new CompletableFuture<Job>();
        var watch = watch(jobId, job -> {
            if (enough.test(job)) {
                future.complete(job);
            }
        });
        var _ = future.whenComplete((job, stopped) -> watch.close());
        return future;
    }

    /** Somebody who watches a job, until it is closed. */
    public final class Watch implements AutoCloseable {
        private final String jobId;
        private final Consumer<Job> watcher;

        private Watch(String jobId, Consumer<Job> watcher) {
            this.jobId = jobId;
            this.watcher = watcher;
        }

        @Override
        public void close() {
            watches.computeIfPresent(jobId, (id, set) -> {
                set.remove(this);
                return set.isEmpty() ? null : set;
            });
        }
    }
}
