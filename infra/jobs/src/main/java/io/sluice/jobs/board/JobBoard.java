package io.sluice.jobs.board;

import io.sluice.jobs.fold.JobFold;
import io.sluice.jobs.store.JobStore;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jobs that changed last in memory: up to a number of open ones, and as many that have ended. It finds the
 * other jobs on the disk. Listeners wait for a job here, or watch it, whether it is in memory or not.
 *
 * <p>At start the open jobs come from the disk. After that the tracker brings each job that it folds. A job that this
 * gateway accepted is added at once, and events that the tracker has not folded yet are folded here too.
 */
public final class JobBoard {
    private static final Logger LOG = LoggerFactory.getLogger(JobBoard.class);

    private final Function<String, Optional<Job>> disk;
    private final int kept;
    private final RecentJobs jobs;
    private final ConcurrentMap<String, Set<Watch>> watches = new ConcurrentHashMap<>();

    /**
     * Makes an empty board.
     *
     * @param kept how many open jobs, and how many ended ones, are kept in memory
     * @param disk finds a job that is not in memory
     */
    public JobBoard(int kept, Function<String, Optional<Job>> disk) {
        this.disk = disk;
        this.kept = kept;
        this.jobs = new RecentJobs(kept);
    }

    /**
     * Adds the open jobs from the disk that changed since then: one more than the board keeps, so that it knows whether
     * there are more.
     *
     * @param now from now on every job comes to the board
     */
    public void fill(JobStore store, Instant since, Instant now) {
        store.latestOpen(kept + 1, since).forEach(this::update);
        jobs.isCompleteAfter(now);
    }

    /** {@return the job, if it is known} */
    public Optional<Job> find(String jobId) {
        return jobs.find(jobId).or(() -> disk.apply(jobId));
    }

    /** {@return a future that completes with the job once anything is known of it} */
    public CompletableFuture<Job> whenKnown(String jobId) {
        return when(jobId, job -> true);
    }

    /** Returns a future that completes with the job once it has ended. A caller that stops waiting cancels it. */
    public CompletableFuture<Job> whenOver(String jobId) {
        return when(jobId, job -> job.status().isTerminal());
    }

    /**
     * Shows a watcher every state of a job, first its current state if the job is known. The thread that brings a state
     * calls the watcher, so the watcher must be quick. A state may be shown twice.
     *
     * @return the registration; the caller closes it when it stops watching
     */
    public Watch watch(String jobId, Consumer<Job> watcher) {
        var watch = new Watch(jobId, watcher);
        watches.compute(jobId, (id, set) -> {
            var all = set == null ? ConcurrentHashMap.<Watch>newKeySet() : set;
            all.add(watch);
            return all;
        });
        find(jobId).ifPresent(watch::show);
        return watch;
    }

    /**
     * {@return whether a job about this entity is open, or may be open because more jobs are open than the board keeps}
     */
    public boolean hasOpenJob(String kind, String subject) {
        return jobs.mayBeOpen(kind, subject);
    }

    /** {@return the open jobs of a kind that are in memory; the one that changed last is at the end} */
    public List<Job> open(String kind) {
        return jobs.open(kind);
    }

    /** {@return the open jobs about an entity that are in memory; the one that changed last is at the end} */
    public List<Job> open(String kind, String subject) {
        return jobs.open(kind, subject);
    }

    /**
     * Finds the jobs that were created last, the latest first. Reads all jobs on the disk, unless the jobs in memory
     * are enough.
     *
     * @param most how many, at most
     * @param match must not block
     */
    public List<Job> latest(int most, Predicate<Job> match, JobStore store) {
        var known = jobs.known(match);
        var recent = known.jobs().stream()
                .filter(job -> job.createdAt().isAfter(known.completeAfter()))
                .sorted(JobStore.LATEST_FIRST)
                .limit(most)
                .toList();
        if (recent.size() == most) {
            return recent;
        }
        var inMemory = jobs.known(job -> true).jobs().stream().map(Job::jobId).collect(Collectors.toSet());
        var onDisk = store.latest(most, job -> match.test(job) && !inMemory.contains(job.jobId()));
        return Stream.concat(known.jobs().stream(), onDisk.stream())
                .sorted(JobStore.LATEST_FIRST)
                .limit(most)
                .toList();
    }

    /** Takes a job that the tracker folded. */
    public void update(Job job) {
        announce(jobs.put(job.jobId(), known -> known == null ? job : later(known, job)));
    }

    /**
     * Folds an event that the tracker may not have folded yet, such as the first one of a job that this gateway accepted: a
     * quick processor may have ended the job before. While gateways start and stop, the tracker can be some seconds behind.
     */
    public void apply(JobEvent event) {
        var stored = find(event.jobId()).orElse(null);
        announce(jobs.put(event.jobId(), known -> JobFold.fold(known == null ? stored : known, event)));
    }

    /** Removes a job whose record has been deleted. */
    public void remove(String jobId) {
        jobs.remove(jobId);
    }

    /** {@return how many jobs have a watcher or a waiting caller} */
    public int watched() {
        return watches.size();
    }

    /**
     * Returns the newer of two states. The board may have folded events that the tracker has not folded yet; then the
     * state from the tracker is the older one.
     */
    private static Job later(Job known, Job folded) {
        var isEnded = known.status().isTerminal() && !folded.status().isTerminal();
        var isBehind = folded.updatedAt().isBefore(known.updatedAt())
                || (isEnded && folded.updatedAt().equals(known.updatedAt()));
        return isBehind ? known : folded;
    }

    private void announce(Job job) {
        for (var watch : watches.getOrDefault(job.jobId(), Set.of())) {
            watch.show(job);
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

    /** A registered watcher of a job. Closing it ends the registration. */
    public final class Watch implements AutoCloseable {
        private final String jobId;
        private final Consumer<Job> watcher;

        private Watch(String jobId, Consumer<Job> watcher) {
            this.jobId = jobId;
            this.watcher = watcher;
        }

        /** Catches what the watcher throws, so that it does not stop the thread that brings the jobs. */
        private void show(Job job) {
            try {
                watcher.accept(job);
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("jobId", jobId).setCause(e).log("a job's watcher failed");
            }
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
