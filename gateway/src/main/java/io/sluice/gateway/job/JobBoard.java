package io.sluice.gateway.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.GatewayConfig;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Every job's state at hand: all that are open, and the latest that are over. Those who wait for a job, or watch it, do so here.
 *
 * <p>The tail of jobs.v1 writes it, and the intake, so that a job just accepted is known at once.
 */
@Singleton
public final class JobBoard {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Cache<String, Job> jobs;
    private final ConcurrentMap<String, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> openBySubject = new ConcurrentHashMap<>();

    public JobBoard(GatewayConfig config) {
        this.jobs = Caffeine.newBuilder()
                .maximumWeight(config.jobsKept())
                .weigher((String id, Job job) -> job.status().isTerminal() ? 1 : 0)
                .expireAfterWrite(KEPT)
                .build();
    }

    /** {@return the job, as far as it is known here} */
    public Optional<Job> find(String jobId) {
        return Optional.ofNullable(jobs.getIfPresent(jobId));
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

    /** {@return whether a job about this entity is open} */
    public boolean hasOpenJob(String kind, String subject) {
        return openBySubject.containsKey(subjectKey(kind, subject));
    }

    /** Takes the latest state from the tail. */
    public void update(Job job) {
        announce(jobs.asMap().merge(job.jobId(), job, JobBoard::later));
    }

    /** Takes a job that may be new here; what is known already is newer. */
    public void introduce(Job job) {
        if (jobs.asMap().putIfAbsent(job.jobId(), job) == null) {
            announce(job);
        }
    }

    /**
     * Takes an event that the tracker may not have folded yet: while gateways come and go that can take it some seconds. An
     * event older than what is known adds at most a line.
     */
    public void hear(JobEvent event) {
        announce(jobs.asMap().compute(event.jobId(), (id, known) -> {
            var isNews = known == null || !event.at().isBefore(known.updatedAt());
            return isNews ? JobFold.fold(known, event) : JobFold.complete(known, event);
        }));
    }

    /** {@return how many jobs are being watched or waited for} */
    public int watched() {
        return watches.size();
    }

    /** Forgets at once what would be forgotten soon. */
    void tidy() {
        jobs.cleanUp();
    }

    /** A step may be heard before the tracker tells of the steps towards it. */
    private static Job later(Job known, Job told) {
        var isEnded = known.status().isTerminal() && !told.status().isTerminal();
        var isBehind = told.updatedAt().isBefore(known.updatedAt())
                || (isEnded && told.updatedAt().equals(known.updatedAt()));
        return isBehind ? known : told;
    }

    private void announce(Job job) {
        index(job);
        for (var watch : watches.getOrDefault(job.jobId(), Set.of())) {
            watch.watcher.accept(job);
        }
    }

    private void index(Job job) {
        var subject = job.subject();
        if (subject == null) {
            return;
        }
        openBySubject.compute(subjectKey(job.kind(), subject), (key, open) -> {
            var ids = open == null ? ConcurrentHashMap.<String>newKeySet() : open;
            // Asked again under the entry's lock: the tail may have ended the job that the intake announces.
            var now = jobs.getIfPresent(job.jobId());
            if (now == null || now.status().isTerminal()) {
                ids.remove(job.jobId());
            } else {
                ids.add(job.jobId());
            }
            return ids.isEmpty() ? null : ids;
        });
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

    private static String subjectKey(String kind, String subject) {
        return kind + ":" + subject;
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
