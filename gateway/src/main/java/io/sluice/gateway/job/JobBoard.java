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
import java.util.function.Predicate;

/**
 * Every job's state at hand: all that are open, and the latest that are over. Those who wait for a job wait here.
 *
 * <p>The tail of jobs.v1 writes it, and the intake, so that a job just accepted is known at once.
 */
@Singleton
public final class JobBoard {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Cache<String, Job> jobs;
    private final ConcurrentMap<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
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
     * Takes an event that the tracker may not have folded yet. It makes a job known, and ends one that was made known so:
     * a job whose end was forgotten here must not seem open for ever.
     */
    public void hear(JobEvent event) {
        var job = jobs.asMap().compute(event.jobId(), (id, known) -> {
            if (known == null) {
                return JobFold.begin(event);
            }
            return event.outcome().isTerminal() && !known.status().isTerminal() ? JobFold.fold(known, event) : known;
        });
        announce(job);
    }

    /** {@return how many jobs are being waited for} */
    int waiting() {
        return waiters.size();
    }

    /** Forgets at once what would be forgotten soon. */
    void tidy() {
        jobs.cleanUp();
    }

    /** The end of a job may be heard before the tracker tells of the steps towards it. */
    private static Job later(Job known, Job told) {
        var isBehind = known.status().isTerminal()
                && !told.status().isTerminal()
                && !told.updatedAt().isAfter(known.updatedAt());
        return isBehind ? known : told;
    }

    private void announce(Job job) {
        index(job);
        for (var waiter : waiters.getOrDefault(job.jobId(), Set.of())) {
            waiter.offer(job);
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
        var waiter = new Waiter(enough, new CompletableFuture<>());
        waiters.compute(jobId, (id, set) -> {
            var all = set == null ? ConcurrentHashMap.<Waiter>newKeySet() : set;
            all.add(waiter);
            return all;
        });
        var _ = waiter.future.whenComplete((job, stopped) -> waiters.computeIfPresent(jobId, (id, set) -> {
            set.remove(waiter);
            return set.isEmpty() ? null : set;
        }));
        find(jobId).ifPresent(waiter::offer);
        return waiter.future;
    }

    private static String subjectKey(String kind, String subject) {
        return kind + ":" + subject;
    }

    private record Waiter(Predicate<Job> enough, CompletableFuture<Job> future) {
        void offer(Job job) {
            if (enough.test(job)) {
                future.complete(job);
            }
        }
    }
}
